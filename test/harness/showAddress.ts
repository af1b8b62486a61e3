import open from 'open';

/** Opens an address in the person's own browser. False where that cannot work, so that the address is for them to open. */
export async function openInBrowser(url: string): Promise<boolean> {
  const { CI, DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME } = process.env;
  const withoutScreen = process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY && !WSL_DISTRO_NAME;
  if (CI || withoutScreen) return false;
  try {
    const opener = await open(url);
    return await new Promise((resolve) => {
      opener.once('error', () => resolve(false));
      opener.once('exit', (code) => resolve(code === 0));
      // It is not told when a browser that was not running yet has started: no news is good news.
      setTimeout(() => resolve(true), 3_000).unref();
    });
  } catch {
    return false;
  }
}
