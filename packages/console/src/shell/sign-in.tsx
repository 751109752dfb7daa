import { useState, type ReactNode } from 'react';
import { useSignIn } from '../hub/session.ts';
import { Command, Trouble } from '../parts/answer.tsx';

/** For whoever comes without a session: the short way is a link from the command line. */
export function SignIn(): ReactNode {
  const signIn = useSignIn();
  const [token, setToken] = useState('');
  return (
    <main className="sign-in" id="main">
      <h1>
        <img src="/assets/accord.svg" alt="" width="32" height="32" /> Accord
      </h1>
      <p>Open the console from where you use the command line:</p>
      <p>
        <Command>accord console</Command>
      </p>
      <p>The link works once, for a minute. Or sign in with a token:</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate(token);
          setToken('');
        }}
      >
        <label>
          Token
          <input type="password" autoComplete="off" required value={token} onChange={(event) => setToken(event.target.value)} />
        </label>
        <button type="submit" disabled={signIn.isPending}>
          Sign in
        </button>
      </form>
      {signIn.error !== null && <Trouble error={signIn.error} />}
    </main>
  );
}
