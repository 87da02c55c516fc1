import { PenLine } from 'lucide-react'
import { type FormEvent, useMemo, useState } from 'react'
import type { DocumentId } from '../../../sdk/index.ts'
import { useDevices, useNode, useQuery } from '../../../sdk/react/index.ts'
import { AsWhom } from '../../components/as-whom.tsx'
import { Button } from '../../components/button.tsx'
import { OneFieldSheet } from '../../components/one-field-sheet.tsx'
import { callOneself, claimsOf, longestCalled } from '../../data/claims.ts'
import { personCardSchema } from '../../data/system-schemas.ts'
import { type ListedGroup, useGroups } from '../../data/use-groups.ts'
import { useMessages } from '../../messages/messages.tsx'
import { useNameWords } from '../../messages/names.ts'
import { toast } from '../../state/toasts.ts'
import { attempt } from '../../state/trouble.ts'
import css from './you.module.css'

const newestLast = { orderBy: ['CHANGED_AT'], first: 1_000 } as const

/** What one calls oneself in the groups in which one may say something, and the way to say something else in all of them. */
export const InGroups = ({ person }: { readonly person: DocumentId }) => {
  const say = useNameWords().everywhere
  const { groups } = useGroups()
  const { documents } = useQuery(personCardSchema, newestLast)
  const { devices } = useDevices()
  const [isOpen, setIsOpen] = useState(false)
  const own = useMemo(() => new Map(devices.map(({ publicKey }) => [publicKey, person] as const)), [devices, person])
  const mine = groups.filter(({ own: place }) => place?.isMember === true && place.role !== 'reader')
  if (mine.length === 0) return null
  const calledIn = ({ id }: ListedGroup): string =>
    claimsOf(
      documents.filter(({ group }) => group === id),
      own,
    ).get(person) ?? ''
  const names = [...new Set(mine.map(calledIn))]
  const groupsOf = (name: string): readonly string[] =>
    mine.filter((group) => calledIn(group) === name).map(({ card }) => card.name)
  return (
    <section className={css.card} aria-label={say.title}>
      <h2>{say.title}</h2>
      <ul>
        {names.map((name) => (
          <li key={name} dir="auto">
            {name === '' ? say.nothing(groupsOf(name)) : say.called(name, groupsOf(name))}
          </li>
        ))}
      </ul>
      <div>
        <Button icon={<PenLine size={18} aria-hidden />} aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
          {say.change}
        </Button>
      </div>
      {isOpen && <CallSheet groups={mine} name={names[0] ?? ''} onClose={() => setIsOpen(false)} />}
    </section>
  )
}

const CallSheet = ({
  groups,
  name,
  onClose,
}: {
  readonly groups: readonly ListedGroup[]
  readonly name: string
  readonly onClose: () => void
}) => {
  const t = useMessages()
  const { claim, everywhere: say } = useNameWords()
  const node = useNode()
  const [typed, setTyped] = useState(name)
  const [isGoing, setIsGoing] = useState(false)
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (isGoing) return
    setIsGoing(true)
    const isSaid = await attempt(t, async () => {
      for (const { id } of groups) await callOneself(node, id, typed.trim())
      return true
    })
    if (isSaid === true) toast(say.saved(groups.length))
    onClose()
  }
  return (
    <OneFieldSheet
      title={claim.label}
      label={claim.label}
      hint={say.hint(groups.map(({ card }) => card.name))}
      autoComplete="nickname"
      value={typed}
      maxLength={longestCalled}
      saveLabel={claim.save}
      isBusy={isGoing}
      composes
      onChange={({ target }) => setTyped(target.value)}
      onSubmit={(event) => void save(event)}
      onClose={onClose}
    >
      <AsWhom />
    </OneFieldSheet>
  )
}
