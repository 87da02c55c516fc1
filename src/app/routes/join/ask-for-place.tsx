import { DoorOpen } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { InviteLink } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { AsWhom } from '../../components/as-whom.tsx'
import { Button, ButtonLink } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { longestCalled } from '../../data/claims.ts'
import { hostOf } from '../../data/host-of.ts'
import { cardOfLink } from '../../data/invites.ts'
import { ensurePerson } from '../../data/own-person.ts'
import { useInviteWords } from '../../messages/invites.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { path } from '../../paths.ts'
import { attempt } from '../../state/trouble.ts'
import { InviteCard } from './invite-card.tsx'
import css from './join.module.css'

const msPerSecond = 1_000

/** What the link claims, what asking means, and the one button. */
export const AskForPlace = ({ link, text }: { readonly link: InviteLink; readonly text: string }) => {
  const { t, format } = useSpeech()
  const say = useInviteWords().join
  const node = useNode()
  const [name, setName] = useState('')
  const [isAsking, setIsAsking] = useState(false)
  const group = link.name === '' ? say.unnamed : `“${link.name}”`
  const hosts = link.hints.flatMap(({ kind, address }) => (kind === 'node' ? [hostOf(address)] : []))
  const ask = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (isAsking) return
    setIsAsking(true)
    // The screen itself says what comes of it.
    await attempt(t, async () => {
      await ensurePerson(node)
      await node.invites.knock(text, name.trim())
    })
    setIsAsking(false)
  }
  return (
    <form className={css.asking} data-composes onSubmit={(event) => void ask(event)}>
      <InviteCard card={cardOfLink(link)} label={say.unnamed}>
        <p dir="auto">{say.says(group, link.inviter)}</p>
        <p>{[say.members(link.members), say.until(format.dateTime(link.expiresAt * msPerSecond))].join(' · ')}</p>
        <p className={css.quiet}>{say.claims}</p>
      </InviteCard>
      <AsWhom />
      <TextField
        label={say.name}
        hint={say.nameHint}
        autoComplete="nickname"
        value={name}
        maxLength={longestCalled}
        onChange={({ target }) => setName(target.value)}
      />
      <p>{say.what}</p>
      {hosts.length > 0 && <p>{say.hints(hosts)}</p>}
      <div className={css.actions}>
        <Button tone="primary" type="submit" isLarge aria-disabled={isAsking} icon={<DoorOpen size={20} aria-hidden />}>
          {isAsking ? say.asking : say.ask}
        </Button>
        <ButtonLink tone="plain" href={path.home()}>
          {t.shell.cancel}
        </ButtonLink>
      </div>
    </form>
  )
}
