import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withDtlsRole } from './dtls-role.js';

/** @param {string} setup */
const sdp = (setup) => `v=0\r\na=setup:${setup}\r\na=mid:0\r\n`;

/**
 * @param {string} local
 * @param {string} remote
 * @returns {any}
 */
const after = (local, remote) => ({
  currentLocalDescription: { sdp: sdp(local) },
  currentRemoteDescription: { sdp: sdp(remote) },
});

test('the first offer stays as it is', () => {
  const none = { currentLocalDescription: null, currentRemoteDescription: null };
  assert.equal(withDtlsRole(sdp('actpass'), none), sdp('actpass'));
});

test('a later offer names the role that the other side has, whoever answered before', () => {
  assert.equal(withDtlsRole(sdp('actpass'), after('actpass', 'active')), sdp('active'));
  assert.equal(withDtlsRole(sdp('actpass'), after('actpass', 'passive')), sdp('passive'));
  assert.equal(withDtlsRole(sdp('actpass'), after('active', 'actpass')), sdp('passive'));
  assert.equal(withDtlsRole(sdp('actpass'), after('passive', 'actpass')), sdp('active'));
});

test('an offer that names a role itself is left to the browser', () => {
  assert.equal(withDtlsRole(sdp('passive'), after('actpass', 'active')), sdp('passive'));
});
