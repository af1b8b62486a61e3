import { isLoopback } from '../core/buffer/transport/serviceUrl.ts';
import { settings } from './settings.ts';

/** Whether an address is one of a Buffer on this machine, which serves its pictures and pages without https. */
export function isOwnService(url: URL, services = [settings.address('v1'), settings.address('graphql')]): boolean {
  return services.some((service) => {
    const own = URL.canParse(service) ? new URL(service) : undefined;
    return own !== undefined && isLoopback(own) && own.origin === url.origin;
  });
}
