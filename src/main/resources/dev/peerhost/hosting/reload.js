// Loads the page anew when the server has a later version of its folder. --watch puts this into pages, and nothing else does.
const version = new URL(import.meta.url).searchParams.get('v');
const changes = new EventSource('/__/peerhost/hosting/changes');

changes.addEventListener('version', (event) => {
  if (event.data !== version) {
    changes.close();
    location.reload();
  }
});
// Else the browser would show that it still loads, or keep the page from its back-forward cache.
addEventListener('pagehide', () => changes.close());
