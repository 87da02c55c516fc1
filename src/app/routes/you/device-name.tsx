import { type FormEvent, useState } from 'react'
import type { Device } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { useDeviceWords } from '../../messages/devices.ts'
import { useMessages } from '../../messages/messages.tsx'
import { useNameWords } from '../../messages/names.ts'
import { usePersonWords } from '../../messages/person.ts'
import { toast } from '../../state/toasts.ts'
import { codeOf, succeeds } from '../../state/trouble.ts'
import css from './devices.module.css'
import { keyDigits } from './removal-plan.ts'

/** This very device: its key, and what it is called. */
export const OwnDeviceSheet = ({ device, onClose }: { readonly device: Device; readonly onClose: () => void }) => {
  const { own } = usePersonWords().devices
  const { key } = useDeviceWords()
  return (
    <Sheet title={device.name ?? own} onClose={onClose}>
      <p className={css.text}>{key(keyDigits(device.publicKey))}</p>
      <DeviceName device={device} onSaved={onClose} />
    </Sheet>
  )
}

/** What one calls a device of one's own. */
export const DeviceName = ({
  device: { publicKey, name = '' },
  onSaved,
}: {
  readonly device: Pick<Device, 'publicKey' | 'name'>
  readonly onSaved: () => void
}) => {
  const t = useMessages()
  const say = useNameWords().device
  const { tooLong } = usePersonWords().name
  const { identity } = useNode()
  const [typed, setTyped] = useState(name)
  const [isTooLong, setIsTooLong] = useState(false)
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setIsTooLong(false)
    await succeeds(t, async () => {
      try {
        await identity.nameDevice(publicKey, typed)
        toast(say.saved)
        onSaved()
      } catch (error) {
        if (codeOf(error) !== 'petname/too-long') throw error
        setIsTooLong(true)
      }
    })
  }
  return (
    <form className={css.naming} onSubmit={(event) => void save(event)}>
      <TextField
        label={say.label}
        hint={say.hint}
        error={isTooLong ? tooLong : undefined}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button type="submit">{say.save}</Button>
    </form>
  )
}
