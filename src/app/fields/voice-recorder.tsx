import { Mic, Square } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../components/button.tsx'
import { useSpeech } from '../messages/messages.tsx'
import { toast } from '../state/toasts.ts'
import css from './fields.module.css'

/** Whether this browser can record at all. */
export const canRecord = (): boolean =>
  typeof MediaRecorder === 'function' && typeof navigator.mediaDevices?.getUserMedia === 'function'

/** Records until Stop is tapped, then hands over the file. The microphone is asked for only on the tap, and let go at once after. */
export const VoiceRecorder = ({ onRecorded }: { readonly onRecorded: (file: File) => void }) => {
  const { t, format } = useSpeech()
  const say = t.form.voice
  const recorder = useRef<MediaRecorder>(undefined)
  const [since, setSince] = useState<number>()
  const [seconds, setSeconds] = useState(0)
  useEffect(() => () => recorder.current?.stop(), [])
  useEffect(() => {
    if (since === undefined) return
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - since) / 1000)), 500)
    return () => clearInterval(timer)
  }, [since])

  const start = async (): Promise<void> => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      const parts: Blob[] = []
      const making = new MediaRecorder(stream)
      making.addEventListener('dataavailable', ({ data }) => parts.push(data))
      making.addEventListener('stop', () => {
        for (const track of stream.getTracks()) track.stop()
        recorder.current = undefined
        setSince(undefined)
        const type = making.mimeType.split(';', 1)[0] ?? 'audio/webm'
        if (parts.length > 0) onRecorded(new File(parts, say.name, { type }))
      })
      // In parts, so that a long note does not lie in memory as one.
      making.start(1_000)
      recorder.current = making
      setSeconds(0)
      setSince(performance.now())
    } catch {
      toast(say.refused, { isTrouble: true })
    }
  }
  if (since === undefined)
    return (
      <Button tone="outline" icon={<Mic size={20} aria-hidden />} onClick={() => void start()}>
        {say.start}
      </Button>
    )
  return (
    <Button tone="danger" icon={<Square size={18} aria-hidden />} onClick={() => recorder.current?.stop()}>
      {say.stop}
      <span className={css.clock} role="timer">
        {format.number(Math.floor(seconds / 60))}:{String(seconds % 60).padStart(2, '0')}
      </span>
    </Button>
  )
}
