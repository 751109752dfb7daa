import { useState, type ReactNode } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Written } from '../hub/request.ts';
import { Trouble } from './answer.tsx';
import { Modal } from './modal.tsx';
import { ReasonField } from './reason-field.tsx';

export interface ActProps {
  /** The verb, as on the button. */
  readonly name: string;
  /** What will happen, before it does. */
  readonly says: ReactNode;
  readonly isDangerous?: boolean;
  /** What has to be typed first, for what cannot be taken back. */
  readonly typed?: string;
  /** More to say than why. */
  readonly fields?: ReactNode;
  readonly run: (reason: string) => Promise<Written<unknown>>;
}

/** Something that a person does to the fleet: never by one click, and always with what it will do and why it was done. */
export function Act(props: ActProps): ReactNode {
  // What was asked stays as it was, while the page behind it already shows what became of it.
  const [asked, ask] = useState<ActProps>();
  return (
    <>
      <button type="button" className={props.isDangerous === true ? 'danger' : undefined} onClick={() => ask(props)}>
        {props.name}
      </button>
      {asked !== undefined && <Ask {...(props.name === asked.name ? props : asked)} onClose={() => ask(undefined)} />}
    </>
  );
}

function Ask({ name, says, isDangerous, typed, fields, run, onClose }: ActProps & { readonly onClose: () => void }): ReactNode {
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [word, setWord] = useState('');
  const acting = useMutation({ mutationFn: () => run(reason), onSuccess: () => void queries.invalidateQueries() });
  if (acting.data !== undefined) return <Done name={name} change={acting.data.change} onClose={onClose} />;
  return (
    <Modal title={name} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          acting.mutate();
        }}
      >
        <div>{says}</div>
        {fields}
        <ReasonField reason={reason} onChange={setReason} />
        {typed !== undefined && (
          <label>
            <span>
              Type <code>{typed}</code> to go on
            </span>
            <input value={word} required pattern={patternOf(typed)} autoComplete="off" onChange={(event) => setWord(event.target.value)} />
          </label>
        )}
        {acting.error !== null && <Trouble error={acting.error} />}
        <div className="actions">
          <button
            type="submit"
            className={isDangerous === true ? 'danger' : 'primary'}
            disabled={acting.isPending || (typed !== undefined && word !== typed)}
          >
            {acting.isPending ? 'Asking the hub …' : name}
          </button>
          <button type="button" onClick={onClose}>
            Leave it
          </button>
        </div>
      </form>
    </Modal>
  );
}

/** The browser reads it as a regular expression. */
function patternOf(text: string): string {
  return text.replace(/[^a-z0-9]/g, (letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`);
}

function Done({ name, change, onClose }: { readonly name: string; readonly change: string; readonly onClose: () => void }): ReactNode {
  return (
    <Modal title={name} onClose={onClose}>
      <p role="status">
        {change === '' ? 'The hub had nothing to change.' : 'The hub has accepted it as '}
        {change !== '' && <Link href={`/changes/${encodeURIComponent(change)}`}>{change}</Link>}
        {change !== '' && '. There you see it arrive.'}
      </p>
      <div className="actions">
        <button type="button" className="primary" onClick={onClose}>
          Close
        </button>
      </div>
    </Modal>
  );
}
