import { type DeviceId, deviceIdSchema } from '../../../shared/domain/index.ts';

const idKey = 'dialbridge.deviceId';
const openKey = 'dialbridge.isOpen';

/**
 * The id of this tab. It survives a reload, so that the bridge gives the tab's calls back. A duplicated tab inherits the
 * session storage of its original while that is still open: it gets an id of its own.
 */
export function keepDeviceId(window: Window, newId: () => string): DeviceId {
  const { sessionStorage } = window;
  const kept = deviceIdSchema.safeParse(sessionStorage.getItem(idKey));
  const isDuplicate = sessionStorage.getItem(openKey) !== null;
  const deviceId = kept.success && !isDuplicate ? kept.data : deviceIdSchema.parse(newId());
  sessionStorage.setItem(idKey, deviceId);
  sessionStorage.setItem(openKey, '1');
  window.addEventListener('pagehide', () => sessionStorage.removeItem(openKey));
  window.addEventListener('pageshow', () => sessionStorage.setItem(openKey, '1'));
  return deviceId;
}
