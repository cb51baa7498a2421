# shellcheck shell=bash
# How bin/serve starts the jar fast: extracted, since a nested jar is slow to read, and with a cache of what a JVM works out
# anew at each start. Sourced after common.sh; runs on bash 3.2 (macOS).
: "${root:?}"

# prepare_start: sets $runnable to the jar to start and $cache_options to the JVM's options for it. What cannot be prepared
# costs time at each start and nothing else.
prepare_start() {
  local jar=$root/target/peerhost.jar
  runnable=$jar cache_options=()
  extract "$jar" || return 0
  # shellcheck disable=SC2034 # read by bin/serve
  runnable=$extracted/peerhost.jar
  use_cache || cache_options=()
}

# extract JAR: sets $extracted to the folder of its parts, made when there is none. Its name tells the build, since a server
# that still runs from an earlier one goes on to read that: it is deleted when nobody does.
extract() {
  local jar=$1 folder process used
  # The end of a jar lists its entries with their checksums.
  extracted=$root/target/extracted/$(tail -c 100000 "$jar" | cksum | tr ' ' '-') || return 1
  if [ ! -d "$extracted" ]; then
    for folder in "$root"/target/extracted/*; do
      used=
      for process in "$folder"/used-by-*; do
        ! kill -0 "${process##*-}" 2>/dev/null || used=yes
      done
      [ -n "$used" ] || rm -rf "$folder"
    done
    "$JAVA_HOME/bin/java" -Djarmode=tools -jar "$jar" extract --destination "$extracted.$$" >/dev/null 2>&1 &&
      mv "$extracted.$$" "$extracted" || return 1
  fi
  # This shell becomes the server and keeps its number.
  [ ! -w "$extracted" ] || : >"$extracted/used-by-$$"
}

# use_cache: sets $cache_options to those for the cache of this Java and build, which is made when there is none. A cache that
# the JVM refused, which it says in a file and not to the user, is made once again, and left out when that did not help.
use_cache() {
  local cache java
  # The file names the version and the build; options from the environment change what a cache is good for.
  java=$(printf '%s\n' "${JAVA_TOOL_OPTIONS-}" "${JDK_JAVA_OPTIONS-}" | cat "$JAVA_HOME/release" - | cksum | tr ' ' '-')
  cache=$extracted/cache-$java
  if [ -s "$cache.refused" ]; then
    rm -f "$cache"
    # The second time the JVM's reason becomes that for which there is no third.
    if [ -f "$cache.again" ]; then mv "$cache.refused" "$cache.failed"; else mv "$cache.refused" "$cache.again"; fi
  fi
  [ -f "$cache" ] || make_cache "$cache" || return 1
  local tag=aot
  case $(java_version "$JAVA_HOME") in
    2[1-4]*) tag=cds cache_options=("-XX:SharedArchiveFile=$cache") ;;
    *) cache_options=("-XX:AOTCache=$cache") ;;
  esac
  cache_options+=("-Xlog:$tag*=off")
  [ ! -w "$extracted" ] || cache_options+=("-Xlog:$tag*=warning:file=\"$cache.refused\"")
}

# make_cache FILE: has a server visit itself while the JVM takes notes. It fails at once where that failed before.
make_cache() {
  local cache=$1 option
  [ ! -f "$cache.failed" ] || return 1
  case $(java_version "$JAVA_HOME") in
    2[1-4]*) option=-XX:ArchiveClassesAtExit ;;
    *) option=-XX:AOTCacheOutput ;;
  esac
  echo "Preparing fast starts …"
  # Under a name of its own until it is whole. Nothing of the caller's is read, and nobody else hears of it.
  if (cd "$extracted" && "$JAVA_HOME/bin/java" "$option=$cache.new" -jar "$extracted/peerhost.jar" --rehearse) >"$cache.log" 2>&1 &&
    mv -f "$cache.new" "$cache" 2>/dev/null; then
    return 0
  fi
  mv -f "$cache.log" "$cache.failed"
  return 1
}
