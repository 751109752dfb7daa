/** Typed encoding of the messages in accord.proto: plain objects in, plain objects with every field out. */
import { CodedError } from './coded-error.ts';
import { accord } from './gen/accord.js';

type Scalar = Uint8Array | string | number | boolean;
type Field<T> = T extends Scalar
  ? T
  : T extends readonly (infer Element)[]
    ? readonly (Element extends Scalar ? Element : Plain<Element>)[]
    : Plain<T> | null;
/** Every field is there after decoding; an absent message is null. */
type Plain<T> = { readonly [Name in keyof T as Name extends '$unknowns' ? never : Name]-?: Field<NonNullable<T[Name]>> };

export type Envelope = Plain<accord.v1.Envelope.$Properties>;
export type Change = Plain<accord.v1.Change.$Properties>;
export type Statement = Plain<accord.v1.Statement.$Properties>;
export type Index = Plain<accord.v1.Index.$Properties>;
export type IndexEntry = Plain<accord.v1.IndexEntry.$Properties>;
export type FactStatement = Plain<accord.v1.FactStatement.$Properties>;
export type Tick = Plain<accord.v1.Tick.$Properties>;
export type Signed = Plain<accord.v1.Signed.$Properties>;
export type Summary = Plain<accord.v1.Summary.$Properties>;
export type Facts = Plain<accord.v1.Facts.$Properties>;
export type CapacityFact = Plain<accord.v1.Capacity.$Properties>;
export type GuardrailFact = Plain<accord.v1.Guardrail.$Properties>;
export type NameListFact = Plain<accord.v1.NameList.$Properties>;
export type SealingKeyFact = Plain<accord.v1.SealingKey.$Properties>;
export type QuotaUsage = Plain<accord.v1.QuotaUsage.$Properties>;
export type AnchorPosition = Plain<accord.v1.AnchorPosition.$Properties>;
export type PolicyReport = Plain<accord.v1.PolicyReport.$Properties>;
export type Problem = Plain<accord.v1.Problem.$Properties>;
export type SeenDrift = Plain<accord.v1.Drift.$Properties>;
export type Outcome = Plain<accord.v1.Outcome.$Properties>;
export type PolicyOutcome = Plain<accord.v1.PolicyOutcome.$Properties>;
export type StageTimes = Plain<accord.v1.StageTimes.$Properties>;
export type Stamps = Plain<accord.v1.Stamps.$Properties>;
export type Heal = Plain<accord.v1.Heal.$Properties>;
export type Beat = Plain<accord.v1.Beat.$Properties>;
export type HistoryStatement = Plain<accord.v1.HistoryStatement.$Properties>;
export type HistoryOutcomes = Plain<accord.v1.HistoryOutcomes.$Properties>;
export type HistoryOutcome = Plain<accord.v1.HistoryOutcome.$Properties>;
export type HistoryGap = Plain<accord.v1.HistoryGap.$Properties>;
export type HistoryPublications = Plain<accord.v1.HistoryPublications.$Properties>;
export type Publication = Plain<accord.v1.Publication.$Properties>;
export type HistoryPresence = Plain<accord.v1.HistoryPresence.$Properties>;
export type PresenceChange = Plain<accord.v1.PresenceChange.$Properties>;
export type HistoryAudit = Plain<accord.v1.HistoryAudit.$Properties>;
export type AuditRecord = Plain<accord.v1.AuditEntry.$Properties>;

export interface Codec<Message> {
  readonly encode: (message: Partial<Message>) => Uint8Array;
  /** Rejects with `garbage`; unknown fields are ignored. */
  readonly decode: (bytes: Uint8Array) => Message;
}

interface GeneratedType {
  encode(message: never): { finish(): Uint8Array };
  decode(bytes: Uint8Array): unknown;
  toObject(message: never, options: object): unknown;
}

function codec<Message>(name: string, type: GeneratedType): Codec<Message> {
  return {
    encode: (message) => type.encode(message as never).finish(),
    decode: (bytes) => {
      try {
        return type.toObject(type.decode(bytes) as never, { defaults: true, arrays: true, longs: Number }) as Message;
      } catch (cause) {
        throw new CodedError('garbage', `${bytes.length} bytes are no ${name}`, { cause });
      }
    },
  };
}

const { v1 } = accord;
export const envelopeCodec: Codec<Envelope> = codec('envelope', v1.Envelope);
export const statementCodec: Codec<Statement> = codec('statement', v1.Statement);
export const indexCodec: Codec<Index> = codec('index', v1.Index);
export const factStatementCodec: Codec<FactStatement> = codec('fact statement', v1.FactStatement);
export const tickCodec: Codec<Tick> = codec('tick', v1.Tick);
export const signedCodec: Codec<Signed> = codec('signed message', v1.Signed);
export const summaryCodec: Codec<Summary> = codec('summary', v1.Summary);
export const outcomeCodec: Codec<Outcome> = codec('outcome', v1.Outcome);
export const beatCodec: Codec<Beat> = codec('beat', v1.Beat);
export const historyStatementCodec: Codec<HistoryStatement> = codec('history statement', v1.HistoryStatement);
export const historyOutcomesCodec: Codec<HistoryOutcomes> = codec('history of outcomes', v1.HistoryOutcomes);
export const historyPublicationsCodec: Codec<HistoryPublications> = codec('history of publications', v1.HistoryPublications);
export const historyPresenceCodec: Codec<HistoryPresence> = codec('history of presence', v1.HistoryPresence);
export const historyAuditCodec: Codec<HistoryAudit> = codec('history of audit', v1.HistoryAudit);
