/** What a person sees who is asked. */
export const consentPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Buffer (sandbox)</title>
<style>
  body { font: 16px/1.5 system-ui; max-width: 28rem; margin: 15vh auto; padding: 0 1rem }
  button { font: inherit; padding: .5rem 1.25rem; margin-right: .5rem }
</style>
<h1>Buffer (sandbox)</h1>
<p>Allow Queue for Buffer to use your account?</p>
<form method="post">
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</form>
</html>
`;
