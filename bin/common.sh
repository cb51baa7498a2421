# shellcheck shell=bash
# What serve and test share. Sourced with $root set to the top of the tree; runs on bash 3.2 (macOS).
: "${root:?}"

# fail SENTENCE: says it on stderr and ends the script with exit code 1.
fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

# java_homes: prints every place to look for a Java in, one a line, some of them empty: JAVA_HOME, the PATH's java, then
# the folders that packages, SDKMAN and macOS install to. PEERHOST_JVM_DIRS (colon-separated) replaces those folders.
java_homes() {
  local java folder home IFS=:
  [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
  if java=$(command -v java); then
    # A shim (macOS, SDKMAN, asdf) is no link into a JDK, so that only Java itself can say where it lives.
    home=$(real_path "$java")
    home=${home%/bin/java}
    [ -f "$home/release" ] || home=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
    printf '%s\n' "$home"
  fi
  local folders=/usr/lib/jvm:/usr/java:/usr/local/java:/opt:/opt/java
  folders=$folders:${HOME-}/.sdkman/candidates/java:${HOME-}/.jdks:${HOME-}/.asdf/installs/java:${HOME-}/.local/share/mise/installs/java
  folders=$folders:/Library/Java/JavaVirtualMachines:${HOME-}/Library/Java/JavaVirtualMachines:/opt/homebrew/opt:/usr/local/opt
  for folder in ${PEERHOST_JVM_DIRS-$folders}; do
    for home in "$folder"/*; do
      printf '%s\n' "$home" "$home/Contents/Home" "$home/libexec/openjdk.jdk/Contents/Home"
    done
  done
}

# real_path FILE: prints FILE with symbolic links followed (readlink -f is missing from macOS before 12.3).
real_path() {
  local file=$1 link
  while [ -L "$file" ]; do
    link=$(readlink "$file")
    case $link in
      /*) file=$link ;;
      *) file=$(dirname "$file")/$link ;;
    esac
  done
  printf '%s\n' "$(CDPATH='' cd "$(dirname "$file")" && pwd -P)/$(basename "$file")"
}

# java_version HOME: prints the version of the Java in HOME, such as 25.0.3, or nothing.
java_version() {
  sed -n 's/^JAVA_VERSION="\([0-9.]*\).*/\1/p' "$1/release"
}

# use_newest_java TOOL: sets and exports JAVA_HOME to the newest Java of version 21 or later that has bin/TOOL (java:
# enough to run; javac: a JDK, to build). Returns 1, with $java_seen naming the older ones, when there is none.
use_newest_java() {
  local tool=$1 home version major minor patch rank best=21000000 newest=
  java_seen=
  while IFS= read -r home; do
    if [ ! -x "$home/bin/$tool" ] || [ ! -f "$home/release" ]; then continue; fi
    version=$(java_version "$home")
    IFS=. read -r major minor patch _ <<<"$version"
    rank=$((10#${major:-0} * 1000000 + 10#${minor:-0} * 1000 + 10#${patch:-0}))
    if [ "$rank" -ge "$best" ]; then
      # The first of equals stays, so that JAVA_HOME wins over the same version elsewhere.
      best=$((rank + 1)) newest=$home
    elif [ -z "$newest" ]; then
      case ", $java_seen," in *", $version,"*) ;; *) java_seen=${java_seen:+$java_seen, }$version ;; esac
    fi
  done <<<"$(java_homes)"
  [ -n "$newest" ] || return 1
  export JAVA_HOME=$newest
}

# require_jdk: use_newest_java javac, or one sentence that says what to install.
require_jdk() {
  use_newest_java javac && return
  fail "Peerhost needs a JDK of version 21 or later${java_seen:+ and found only $java_seen}: install one, for example\
 Temurin 25 (https://adoptium.net), or set JAVA_HOME to one."
}

# maven ARGUMENT…: runs the PATH's Maven, else the wrapper, at the top of the tree.
maven() {
  local command=./mvnw
  ! command -v mvn >/dev/null || command=mvn
  (cd "$root" && "$command" -B "$@")
}

# jar_is_current: succeeds when nothing that goes into the jar changed since it was built. Change times, not modification
# times, so that a file copied with its old date counts; folders too, so that a deleted file counts.
jar_is_current() {
  [ -f "$root/target/peerhost.jar" ] || return 1
  (cd "$root" && [ -z "$(find pom.xml application.yml src/main frontend/lib frontend/site -cnewer target/peerhost.jar)" ])
}

# forget_deleted: lets the next build start without what Maven would keep although its source is gone, such as a page that
# was deleted. A server that still runs from the old jar keeps its file open, where overwriting it would crash that server.
forget_deleted() {
  rm -f "$root/target/peerhost.jar" "$root/target/peerhost.jar.original"
  # What the compiler makes beside the classes it makes only when it compiles.
  [ ! -d "$root/target/classes" ] ||
    find "$root/target/classes" -type f ! -name '*.class' ! -name spring-configuration-metadata.json -exec rm -f {} +
}

# build_when_needed: leaves a current target/peerhost.jar, or ends the script with Maven's output. Quiet otherwise.
build_when_needed() {
  local target=$root/target first=
  ! jar_is_current || return 0
  require_jdk
  [ -d "$target/classes" ] || first=' (the first time takes a few minutes)'
  echo "Building Peerhost$first …"
  mkdir -p "$target"
  forget_deleted
  : >"$target/build-started"
  trap 'exit 130' INT
  if ! maven -q -Dmaven.test.skip=true package >"$target/build.log" 2>&1; then
    rm -f "$target/peerhost.jar"
    # Some Maven packages print an escape sequence even where no terminal reads it.
    sed $'s/\033\\[[0-9;]*m//g' "$target/build.log" >&2
    fail "Peerhost was not built: Maven's output above says why."
  fi
  trap - INT
  # What was edited while Maven ran may have missed the jar: it has to count as newer.
  touch -r "$target/build-started" "$target/peerhost.jar"
}
