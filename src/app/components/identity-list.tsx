import { livingOf, switchTo } from '../data/identities.ts'
import { useOwnIdentity } from '../data/use-own-identity.ts'
import { nameOfIdentity, useIdentityWords } from '../messages/identities.ts'
import { type Identity, mine, useIdentities } from '../state/identities.ts'
import { Button } from './button.tsx'
import { IdentityFace } from './identity-face.tsx'
import css from './identity-list.module.css'
import rows from './rows.module.css'

/**
 * Who one may be here, the one of this tab first, the others with a button to become them.
 * @param place where one arrives then; absent: where one is
 */
export const IdentityList = ({ place }: { readonly place?: string | undefined }) => {
  const own = useOwnIdentity() ?? mine
  return (
    <ul>
      <IdentityLine identity={own} />
      <OtherLines place={place} />
    </ul>
  )
}

/** The others that one may be here. Needs no node. */
export const OtherLines = ({ place }: { readonly place: string | undefined }) => {
  const { all } = useIdentities()
  return livingOf(all)
    .filter(({ name }) => name !== mine.name)
    .map((identity) => (
      <IdentityLine key={identity.name} identity={identity} onChange={() => switchTo(identity.name, place)} />
    ))
}

/** One of them, with its panda, its name, and the button to become it; without one: who this tab is. */
const IdentityLine = ({ identity, onChange }: { readonly identity: Identity; readonly onChange?: () => void }) => {
  const say = useIdentityWords()
  const name = nameOfIdentity(identity, say)
  return (
    <li className={css.line} aria-current={onChange === undefined ? 'true' : undefined}>
      <IdentityFace identity={identity} size={52} />
      <span className={rows.words}>
        <bdi className={css.name}>{name}</bdi>
        {onChange === undefined && <span className={css.note}>{say.here}</span>}
      </span>
      {onChange !== undefined && (
        <Button aria-label={say.changeTo(name)} onClick={onChange}>
          {say.change}
        </Button>
      )}
    </li>
  )
}
