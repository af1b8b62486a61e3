/** A browser of few words: goes where it is sent, keeps cookies, presses the button, and stops where it is sent away. */
export async function answerConsent(authorizeUrl: string, decision: 'allow' | 'deny'): Promise<URL> {
  const { origin } = new URL(authorizeUrl);
  const cookies = new Map<string, string>();
  let url = new URL(authorizeUrl);
  let form: URLSearchParams | undefined;
  for (;;) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { method: form ? 'POST' : 'GET', body: form, headers: { cookie }, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
      cookies.set(name!, value!);
    }
    const body = await response.text();
    const location = response.headers.get('location');
    if (location) {
      url = new URL(location, url);
      form = undefined;
      if (url.origin !== origin) return url;
    } else if (body.includes(`value="${decision}"`) && !form) {
      form = new URLSearchParams({ decision });
    } else {
      throw new Error(`${response.status} ${body}`);
    }
  }
}
