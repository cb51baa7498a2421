import { joinRoom } from '/__/peerhost/peerhost.js';
import { conversation } from '../parts/conversation.js';
import { copyOnPress } from '../parts/copy.js';
import { attempt, element, onPress, showState } from '../parts/page.js';
import { showPeers } from './peers.js';
