import { LocateFixed, MapPin, X } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '../components/button.tsx'
import { type Place, readPlace, writePlace } from '../data/field-kind.ts'
import { useSpeech } from '../messages/messages.tsx'
import { type EditorProps, Group } from './editor-group.tsx'
import css from './fields.module.css'
import { type Nowhere, whereAmI } from './where-am-i.ts'

/** Where this device stands, when its person taps. Nothing is looked up anywhere: a place is two numbers. */
export const PlaceEditor = ({ field, values, onChange, error, isBare }: EditorProps) => {
  const { t, format } = useSpeech()
  const say = t.form.place
  const [state, setState] = useState<'idle' | 'asking' | Nowhere>('idle')
  const place = readPlace(field.name, values)
  const set = (next: Place | undefined): void => onChange(writePlace(field.name, next))
  const ask = async (): Promise<void> => {
    setState('asking')
    const found = await whereAmI()
    if (typeof found === 'string') return setState(found)
    setState('idle')
    set(found)
  }
  const trouble = state === 'idle' || state === 'asking' ? error : say.nowhere[state]
  return (
    <Group field={field} isBare={isBare} error={trouble}>
      {place === undefined ? (
        <Button
          tone="outline"
          icon={<LocateFixed size={20} aria-hidden />}
          aria-disabled={state === 'asking'}
          onClick={() => void ask()}
        >
          {state === 'asking' ? say.asking : say.here}
        </Button>
      ) : (
        <div className={css.place}>
          <MapPin size={20} aria-hidden />
          <span className={css.placeWords}>
            <span>{t.form.values.place(place.latitude, place.longitude)}</span>
            <small>{say.accuracy(format.number(Math.round(place.accuracy)))}</small>
          </span>
          <Button tone="plain" aria-disabled={state === 'asking'} onClick={() => void ask()}>
            {state === 'asking' ? say.asking : say.again}
          </Button>
          <IconButton label={say.none} onClick={() => set(undefined)}>
            <X size={20} aria-hidden />
          </IconButton>
        </div>
      )}
    </Group>
  )
}
