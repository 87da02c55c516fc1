import { ImageOff } from 'lucide-react'
import { classNames } from '../components/class-names.ts'
import css from './picture.module.css'
import { useThumbnail } from './thumbnails.ts'

/** A small picture that fills its frame. Beside words that name it, it is decoration: no `alt`. */
export const Picture = ({
  blob,
  edge,
  alt = '',
  className,
}: {
  readonly blob: string
  readonly edge?: number
  readonly alt?: string
  readonly className?: string | undefined
}) => {
  const url = useThumbnail(blob, edge)
  return (
    <span className={classNames(css.frame, className)} aria-busy={url === undefined ? true : undefined}>
      {typeof url === 'string' && <img src={url} alt={alt} className={css.image} decoding="async" draggable={false} />}
      {url === null && <ImageOff size={22} aria-hidden />}
    </span>
  )
}
