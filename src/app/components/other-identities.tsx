import { livingOf, switchTo } from '../data/identities.ts'
import { useIdentityWords } from '../messages/identities.ts'
import { mine, useIdentities } from '../state/identities.ts'
import { IdentityLine } from './identity-list.tsx'

/** Where one's own node does not open: who else one may be here. Needs no node. */
export const OtherIdentities = () => {
  const say = useIdentityWords()
  const { all } = useIdentities()
  return (
    <section aria-label={say.title}>
      <ul>
        {livingOf(all)
          .filter(({ name }) => name !== mine.name)
          .map((identity) => (
            <IdentityLine key={identity.name} identity={identity} onChange={() => switchTo(identity.name, '/')} />
          ))}
      </ul>
    </section>
  )
}
