import { useOwnIdentity } from '../data/use-own-identity.ts'
import { nameOfIdentity, useIdentityWords } from '../messages/identities.ts'
import css from './as-line.module.css'
import { IdentityFace } from './identity-face.tsx'

/** The line itself. */
export const AsLine = () => {
  const say = useIdentityWords()
  const own = useOwnIdentity()
  if (own === undefined) return null
  return (
    <p className={css.line} data-identity={own.tone}>
      <IdentityFace identity={own} size={28} />
      <bdi>{say.as(nameOfIdentity(own, say))}</bdi>
    </p>
  )
}
