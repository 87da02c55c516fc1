/** Randomness, from the platform or from a seed. */
export interface Random {
  readonly bytes: (length: number) => Uint8Array
}
