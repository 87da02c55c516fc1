import type { Device } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { Button } from '../../components/button.tsx'
import { TextField } from '../../components/field.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { useNaming } from '../../components/use-naming.ts'
import { useDeviceWords } from '../../messages/devices.ts'
import { useNameWords } from '../../messages/names.ts'
import { usePersonWords } from '../../messages/person.ts'
import { toast } from '../../state/toasts.ts'
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
  const say = useNameWords().device
  const { tooLong } = usePersonWords().name
  const { identity } = useNode()
  const { typed, setTyped, isTooLong, submit } = useNaming(name, async (given) => {
    await identity.nameDevice(publicKey, given)
    toast(say.saved)
    onSaved()
  })
  return (
    <form className={css.naming} onSubmit={(event) => void submit(event)}>
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
