import { blake3 as nobleBlake3 } from '@noble/hashes/blake3.js'

/** BLAKE3-256 of all bytes: 32 bytes, new on each call. */
export type Blake3 = (bytes: Uint8Array) => Uint8Array

let current: Blake3 = nobleBlake3

/** BLAKE3-256, 32 bytes. Plain JavaScript until a host installs a faster one. */
export const blake3: Blake3 = (bytes) => current(bytes)

/**
 * Replaces how BLAKE3 is computed, never what it gives: for hosts with WebAssembly, where it is ten times faster.
 * The one piece of module state in the core; it changes no result, so nothing else can tell.
 */
export function installBlake3(fast: Blake3): void {
  current = fast
}
