import { Panda } from '../panda/panda.tsx'
import type { Identity } from '../state/identities.ts'
import css from './identity-face.module.css'

/** The panda of an identity in a frame of its colour; its place is kept while it has none yet. Stands beside its name. */
export const IdentityFace = ({ identity, size }: { readonly identity: Identity; readonly size: number }) => (
  <span className={css.face} data-identity={identity.tone} style={{ inlineSize: size, blockSize: size }}>
    {identity.face !== undefined && <Panda of={identity.face} size={size - 6} />}
  </span>
)
