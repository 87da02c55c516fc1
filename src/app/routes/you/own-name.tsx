import { PenLine } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { OwnPerson } from '../../../sdk/index.ts'
import { useNode, usePetnames } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { OneFieldSheet } from '../../components/one-field-sheet.tsx'
import { useNaming } from '../../components/use-naming.ts'
import { usePersonWords } from '../../messages/person.ts'
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
  const say = usePersonWords().name
  const node = useNode()
  const { typed, setTyped, isTooLong, submit } = useNaming(name, async (given) => {
    await node.identity.petnames.set(person.id, given.trim())
    onClose()
  })
  const save = async (event: FormEvent): Promise<void> => {
    if (!(await submit(event))) onClose()
  }
  return (
    <OneFieldSheet
      title={say.label}
      label={say.label}
      hint={say.hint}
      error={isTooLong ? say.tooLong : undefined}
      value={typed}
      saveLabel={say.save}
      onChange={({ target }) => setTyped(target.value)}
      onSubmit={(event) => void save(event)}
      onClose={onClose}
    />
  )
}
