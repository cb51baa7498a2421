import { attempt, element, onPress } from '../parts/page.js';
import { parseConfiguration, seedConfiguration, serverConfiguration } from './configuration.js';

/**
 * The box `#configuration` and its two buttons. It begins with the server's configuration, unless the user is faster.
 *
 * @returns {() => Promise<RTCConfiguration>} reads what stands in it, and throws a sentence when that is none
 */
export function configurationBox() {
  const box = element('configuration', HTMLTextAreaElement);
  /** @param {RTCConfiguration} value */
  const show = (value) => {
    box.value = JSON.stringify(value, null, 2);
  };
  onPress('seed-servers', () => show(seedConfiguration()));
  onPress('server-configuration', async () => show(await serverConfiguration()));
  const untouched = box.value;
  const ready = attempt(async () => {
    const value = await serverConfiguration();
    if (box.value === untouched) show(value);
  });
  return async () => {
    await ready;
    return parseConfiguration(box.value);
  };
}
