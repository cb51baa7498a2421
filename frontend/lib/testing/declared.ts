// Compiles only while the modules are what types/peerhost.d.ts declares of them.

import * as real from '../peerhost.js';
import type * as declared from '../types/peerhost.js';

export const joinRoom: (...parameters: Parameters<typeof declared.joinRoom>) => Promise<declared.Room> = real.joinRoom;
export const PeerhostError: typeof declared.PeerhostError = real.PeerhostError;
export const codes = (code: real.PeerhostErrorCode): declared.PeerhostErrorCode => code;
export const declaredCodes = (code: declared.PeerhostErrorCode): real.PeerhostErrorCode => code;
export const room = (room: real.Room): declared.Room => room;
export const peer = (peer: real.Peer): declared.Peer => peer;
export const channel = (channel: real.Channel): declared.Channel => channel;
export const roomChannel = (channel: real.RoomChannel): declared.RoomChannel => channel;
export const action = (action: real.Action): declared.Action<unknown, unknown> => action;
