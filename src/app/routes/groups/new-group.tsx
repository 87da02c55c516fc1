import { type FormEvent, useId, useState } from 'react'
import { useNode } from '../../../sdk/react/index.ts'
import { AsWhom } from '../../components/as-whom.tsx'
import { Button } from '../../components/button.tsx'
import { CollectionTile } from '../../components/collection-icon.tsx'
import { Switch, TextField } from '../../components/field.tsx'
import { Heading, Screen } from '../../components/screen.tsx'
import { makeGroup, type Purpose, purposeLists, purposeLook, purposes } from '../../data/make-group.ts'
import { longestCalled } from '../../data/claims.ts'
import { fromTemplate } from '../../data/templates.ts'
import { createCollection } from '../../data/write-collection.ts'
import { useGroupWords } from '../../messages/groups.ts'
import { useListWords } from '../../messages/lists.ts'
import { useSpeech } from '../../messages/messages.tsx'
import { useNameWords } from '../../messages/names.ts'
import { path, useGo } from '../../paths.ts'
import { toast } from '../../state/toasts.ts'
import { attempt } from '../../state/trouble.ts'
import css from './groups.module.css'
import { NotSealed } from './not-sealed.tsx'

const longestName = 80
const longestAbout = 200

/** What a group is for, and its name: two steps, and it stands. */
export const NewGroup = () => {
  const { t, format } = useSpeech()
  const go = useGo()
  const words = useGroupWords()
  const say = words.create
  const node = useNode()
  const [purpose, setPurpose] = useState<Purpose>('festival')
  const [typed, setTyped] = useState('')
  const [ownAbout, setOwnAbout] = useState<string>()
  const [called, setCalled] = useState('')
  const names = useNameWords().claim
  const [withLists, setWithLists] = useState(true)
  const lists = purposeLists[purpose].map((template) => fromTemplate(template, t.templates))
  const listWords = useListWords()
  const [isMaking, setIsMaking] = useState(false)
  const [isMissing, setIsMissing] = useState(false)
  const name = typed.trim()
  const about = ownAbout ?? words.purposes[purpose].about

  const make = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setIsMissing(name === '')
    if (name === '' || isMaking) return
    setIsMaking(true)
    const group = await attempt(t, () => makeGroup(node, { name, about: about.trim(), purpose, called: called.trim() }))
    // Where one of them fails the group stands all the same, and its keeper can make it there.
    if (group !== undefined && withLists)
      for (const list of lists) await attempt(t, () => createCollection(node, list, group))
    setIsMaking(false)
    if (group === undefined) return
    toast(say.made(name))
    go(path.people(group))
  }
  return (
    <Screen title={say.title} subtitle={say.text} back={path.groups()}>
      <form className={css.columns} onSubmit={(event) => void make(event)} noValidate>
        <PurposePicker chosen={purpose} onChoose={setPurpose} />
        <div className={css.making} data-composes>
          <AsWhom />
          <TextField
            label={say.name}
            error={isMissing ? say.nameMissing : undefined}
            placeholder={words.purposes[purpose].example}
            value={typed}
            maxLength={longestName}
            onChange={({ target }) => setTyped(target.value)}
          />
          <TextField
            label={say.about}
            hint={say.aboutHint}
            value={about}
            maxLength={longestAbout}
            onChange={({ target }) => setOwnAbout(target.value)}
          />
          <TextField
            label={names.label}
            hint={names.hint}
            autoComplete="nickname"
            value={called}
            maxLength={longestCalled}
            onChange={({ target }) => setCalled(target.value)}
          />
          {lists.length > 0 && (
            <Switch
              label={listWords.withLists}
              hint={new Intl.ListFormat(format.locale, { type: 'conjunction' }).format(lists.map((list) => list.name))}
              checked={withLists}
              onChange={({ target }) => setWithLists(target.checked)}
            />
          )}
          <Button tone="primary" type="submit" isLarge isWide aria-disabled={isMaking}>
            {isMaking ? say.making : name === '' ? say.makeUnnamed : say.make(name)}
          </Button>
          <NotSealed />
        </div>
      </form>
    </Screen>
  )
}

const PurposePicker = ({
  chosen,
  onChoose,
}: {
  readonly chosen: Purpose
  readonly onChoose: (purpose: Purpose) => void
}) => {
  const words = useGroupWords()
  const name = useId()
  return (
    <section aria-labelledby={`${name}-title`}>
      <Heading id={`${name}-title`}>{words.create.purpose}</Heading>
      <div className={css.grid} role="radiogroup" aria-labelledby={`${name}-title`}>
        {purposes.map((purpose) => (
          <label key={purpose} className={css.purpose}>
            <input type="radio" name={name} checked={purpose === chosen} onChange={() => onChoose(purpose)} />
            <CollectionTile icon={purposeLook[purpose].icon} size={40} isChosen={purpose === chosen} />
            <span>
              <span className={css.name}>{words.purposes[purpose].name}</span>
              <span className={css.for}>{words.purposes[purpose].for}</span>
            </span>
          </label>
        ))}
      </div>
    </section>
  )
}
