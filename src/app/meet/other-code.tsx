import { useState } from 'react'
import { useMessages } from '../messages/messages.tsx'
import { CameraView } from './camera-view.tsx'
import css from './meet.module.css'
import type { useCamera } from './use-camera.ts'

/** Takes what is found; answers what is wrong with it, if anything is. */
export type Take = (found: string) => string | undefined

/** The camera, looking for the other's code; or why there is none. */
export const OtherCode = ({ camera, take }: { readonly camera: ReturnType<typeof useCamera>; readonly take: Take }) => {
  const say = useMessages().meet.other
  const [error, setError] = useState<string>()
  const { stream, trouble } = camera
  if (!stream && !trouble) return null
  return (
    <section className={css.card} aria-labelledby="meet-other">
      <h2 id="meet-other">{say.title}</h2>
      {stream && <CameraView stream={stream} onTurn={camera.turn} onFound={(found) => setError(take(found))} />}
      <p role="status">{trouble ? say[trouble] : (error ?? say.looking)}</p>
    </section>
  )
}
