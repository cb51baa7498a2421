import { element } from '../parts/page.js';

/**
 * Shows a connection's own description in `#local-description`, to be copied, and how far it is in `#gathering`. Without a
 * candidate it is of no use to the other side, so the box fills with the first one.
 *
 * @param {RTCPeerConnection | undefined} connection
 * @param {{ rendezvous?: import('./rendezvous.js').Rendezvous, received?: number }} beside it
 */
export function showDescription(connection, { rendezvous, received }) {
  const gathering = element('gathering', HTMLElement);
  const description = connection?.localDescription;
  const count = description?.sdp.match(/^a=candidate:/gm)?.length ?? 0;
  const complete = connection?.iceGatheringState === 'complete';
  if (description && (count > 0 || complete)) {
    const { type, sdp } = description;
    element('local-description', HTMLTextAreaElement).value = JSON.stringify({ type, sdp, rendezvous, received });
  }
  gathering.dataset.gathering = connection?.iceGatheringState ?? 'new';
  const found = count === 1 ? '1 candidate' : `${count} candidates`;
  if (!description) {
    gathering.textContent = '';
    return;
  }
  gathering.textContent = complete ? `Complete, with ${found}: copy it now.` : `Gathering: ${found} so far…`;
}
