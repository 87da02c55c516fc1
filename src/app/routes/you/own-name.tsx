import { PenLine } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { OwnPerson } from '../../../sdk/index.ts'
import { useNode, usePetnames } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { useMessages } from '../../messages/messages.tsx'
import { usePersonWords } from '../../messages/person.ts'
import { codeOf, succeeds } from '../../state/trouble.ts'
import css from './you.module.css'

/** What one calls oneself, which stays here, and the short name that everybody sees the same. */
export const OwnName = ({ person }: { readonly person: OwnPerson }) => {
  const say = usePersonWords()
  const { petnames } = usePetnames()
  const [isOpen, setIsOpen] = useState(false)
  const name = petnames.get(person.id)?.name
  return (
    <>
      <div>
        {name !== undefined && (
          <p className={css.name} dir="auto">
            {name}
          </p>
        )}
        <p className={name === undefined ? css.name : css.short} translate="no">
          <span className={css.hidden}>{say.shortId} </span>
          <bdi dir="ltr">{person.shortId}</bdi>
        </p>
      </div>
      <Button icon={<PenLine size={18} aria-hidden />} onClick={() => setIsOpen(true)}>
        {name === undefined ? say.name.give : say.name.change}
      </Button>
      {isOpen && <NameSheet person={person} name={name ?? ''} onClose={() => setIsOpen(false)} />}
    </>
  )
}

const NameSheet = ({
  person,
  name,
  onClose,
}: {
  readonly person: OwnPerson
  readonly name: string
  readonly onClose: () => void
}) => {
  const t = useMessages()
  const say = usePersonWords().name
  const node = useNode()
  const [typed, setTyped] = useState(name)
  const [isTooLong, setIsTooLong] = useState(false)
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const isSaved = await succeeds(t, async () => {
      try {
        await node.identity.petnames.set(person.id, typed.trim())
        onClose()
      } catch (error) {
        if (codeOf(error) !== 'petname/too-long') throw error
        setIsTooLong(true)
      }
    })
    if (!isSaved) onClose()
  }
  return (
    <Sheet title={say.label} onClose={onClose}>
      <form className={css.form} onSubmit={(event) => void save(event)}>
        <TextField
          label={say.label}
          hint={say.hint}
          error={isTooLong ? say.tooLong : undefined}
          value={typed}
          // The sheet was opened for this one field.
          autoFocus
          onChange={({ target }) => setTyped(target.value)}
        />
        <div className={css.foot}>
          <Button tone="plain" onClick={onClose}>
            {t.shell.cancel}
          </Button>
          <Button tone="primary" type="submit">
            {say.save}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
