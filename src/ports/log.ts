/** Where the engine says what it does. Never a secret, never a field value. */
export interface Log {
  readonly debug: (text: string, about?: Readonly<Record<string, unknown>>) => void
  readonly warn: (text: string, about?: Readonly<Record<string, unknown>>) => void
}
