import { createBLAKE3 } from 'hash-wasm'
import { installBlake3 } from '../../core/hash/blake3.ts'

/** Has the core compute BLAKE3 in WebAssembly from now on, with one hasher for all calls. Rejects where WebAssembly is off; the core then goes on in plain JavaScript. */
export async function installFastBlake3(): Promise<void> {
  const hasher = await createBLAKE3()
  installBlake3((bytes) => hasher.init().update(bytes).digest('binary'))
}
