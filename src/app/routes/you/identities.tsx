import { Plus } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { IdentityList } from '../../components/identity-list.tsx'
import { Heading } from '../../components/screen.tsx'
import { OneFieldSheet } from '../../components/one-field-sheet.tsx'
import { longestCalled } from '../../data/claims.ts'
import { beginIdentity, justRemoved, livingOf, mostIdentities } from '../../data/identities.ts'
import { useOwnIdentity } from '../../data/use-own-identity.ts'
import { nameOfIdentity, useIdentityWords } from '../../messages/identities.ts'
import { type Identity, useIdentities } from '../../state/identities.ts'
import { toast } from '../../state/toasts.ts'
import { RemoveIdentity } from './remove-identity.tsx'
import css from './you.module.css'

/** Who one may be in this browser: the list, the way to another one, and the way to be rid of this one. */
export const Identities = () => {
  const say = useIdentityWords()
  const { all } = useIdentities()
  const own = useOwnIdentity()
  const [opened, setOpened] = useState<'begin' | 'remove'>()
  const close = (): void => setOpened(undefined)
  useEffect(() => {
    const removed = justRemoved()
    if (removed !== undefined) toast(say.remove.done(removed))
  }, [say])
  const hasOthers = livingOf(all).length > 1
  const name = own === undefined ? '' : nameOfIdentity(own, say)
  return (
    <section className={css.identities}>
      <Heading>{say.title}</Heading>
      {hasOthers && <IdentityList place="/you" />}
      <p className={css.note}>{hasOthers ? `${say.text} ${say.network}` : say.alone}</p>
      {own !== undefined && (
        <div className={css.ways}>
          {livingOf(all).length < mostIdentities ? (
            <Button icon={<Plus size={20} aria-hidden />} aria-haspopup="dialog" onClick={() => setOpened('begin')}>
              {say.begin.action}
            </Button>
          ) : (
            <p className={css.note}>{say.begin.most(mostIdentities)}</p>
          )}
          {hasOthers && (
            <Button tone="plain" aria-haspopup="dialog" onClick={() => setOpened('remove')}>
              {say.remove.action(name)}
            </Button>
          )}
        </div>
      )}
      {opened === 'begin' && own !== undefined && <BeginSheet own={own} onClose={close} />}
      {opened === 'remove' && <RemoveIdentity name={name} onClose={close} />}
    </section>
  )
}

const BeginSheet = ({ own, onClose }: { readonly own: Identity; readonly onClose: () => void }) => {
  const say = useIdentityWords()
  const [typed, setTyped] = useState('')
  const begin = (event: FormEvent): void => {
    event.preventDefault()
    beginIdentity(typed.trim(), own)
  }
  return (
    <OneFieldSheet
      title={say.begin.title}
      label={say.begin.name}
      hint={say.begin.hint}
      value={typed}
      maxLength={longestCalled}
      saveLabel={say.begin.go}
      onChange={({ target }) => setTyped(target.value)}
      onSubmit={begin}
      onClose={onClose}
    >
      <p className={css.note}>{say.text}</p>
      <p className={css.note}>{say.network}</p>
    </OneFieldSheet>
  )
}
