/** @typedef {Pick<RTCPeerConnection, 'currentLocalDescription' | 'currentRemoteDescription'>} Descriptions */

/**
 * Says in an offer which role the other side has in DTLS already, where the offer leaves that open. Roles stay for as long as
 * their association does (RFC 8842 section 5.3); but Firefox answers `active` whatever it was, and Chromium refuses that.
 *
 * @param {string | undefined} sdp of an offer
 * @param {Descriptions} connection that it is for
 * @returns {string | undefined} the same where no roles have been negotiated
 */
export function withDtlsRole(sdp, { currentLocalDescription, currentRemoteDescription }) {
  const theirs = setupOf(currentRemoteDescription) ?? opposite(setupOf(currentLocalDescription));
  return theirs ? sdp?.replace(/^a=setup:actpass/gm, `a=setup:${theirs}`) : sdp;
}

/**
 * @param {RTCSessionDescription | null} [description]
 * @returns {string | undefined} none where it leaves the roles open
 */
const setupOf = (description) => /^a=setup:(active|passive)/m.exec(description?.sdp ?? '')?.[1];

/** @param {string | undefined} role */
const opposite = (role) => role && (role === 'active' ? 'passive' : 'active');
