import { livingOf, switchTo } from '../data/identities.ts'
import { useOwnIdentity } from '../data/use-own-identity.ts'
import { useIdentityWords } from '../messages/identities.ts'
import { type Identity, mine, useIdentities } from '../state/identities.ts'
import { Button } from './button.tsx'
import { IdentityFace } from './identity-face.tsx'
import css from './identity-list.module.css'

/**
 * Who one may be here, the one of this tab first, the others with a button to become them.
 * @param place where one arrives then; absent: where one is
 */
export const IdentityList = ({ place }: { readonly place?: string | undefined }) => {
  const { all } = useIdentities()
  const own = useOwnIdentity() ?? mine
  return (
    <ul>
      <IdentityLine identity={own} />
      {livingOf(all)
        .filter(({ name }) => name !== mine.name)
        .map((identity) => (
          <IdentityLine key={identity.name} identity={identity} onChange={() => switchTo(identity.name, place)} />
        ))}
    </ul>
  )
}

/** One of them, with its panda, its name, and the button to become it; without one: who this tab is. */
export const IdentityLine = ({
  identity,
  onChange,
}: {
  readonly identity: Identity
  readonly onChange?: () => void
}) => {
  const say = useIdentityWords()
  const name = identity.called ?? say.tones[identity.tone] ?? ''
  return (
    <li className={css.line} aria-current={onChange === undefined ? 'true' : undefined}>
      <IdentityFace identity={identity} size={52} />
      <span className={css.words}>
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
