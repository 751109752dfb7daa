/** What a credential looks like, wherever it stands. Whoever logs leaves them out; this is the net below. */
const shapes: readonly RegExp[] = [
  // A private key of NATS: its kind, then base32.
  /\bS[ACNOUX][A-Z2-7]{56}\b/g,
  // A token with three parts, of NATS or of a login server.
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  // An API token of a hub.
  /\bacc_[\w-]{20,}/g,
  // 32 random bytes in base64url: a join token, the first token of an admin. Names in Kubernetes have no capitals.
  /(?<![\w-])(?=[\w-]{0,42}[A-Z])(?=[\w-]{0,42}[a-z])[\w-]{43}(?![\w-])/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----/gs,
  /(?<=\bBearer )[^\s"\\]+/gi,
  // The password of an address.
  /(?<=:\/\/[^\s/:@"]{1,100}:)[^\s/@"]+(?=@)/g,
];

export const censor = '[redacted]';

/** The same text without anything that looks like a credential. */
export function redactSecrets(text: string): string {
  return shapes.reduce((clean, shape) => clean.replaceAll(shape, censor), text);
}
