import { encodeQR } from 'qr'
import { useMemo } from 'react'
import css from './qr-code.module.css'

/** Modules of quiet around a code; readers ask for four, of which the white card gives the rest. */
const border = 2

/** The dark modules as one path, a row of them at a time. */
const pathOf = (rows: readonly (readonly boolean[])[]): string =>
  rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .filter((square) => square !== '')
    .join('')

/** Characters of the denser mode of QR codes. */
const alphanumeric = /^[0-9A-Z $%*+./:-]*$/
/** Longer texts make codes that are too fine to be read off a screen. */
export const maxQrCharacters = 800

/** @param text short texts of digits and capitals give the coarsest picture; @param label what it is, for those who cannot see it */
export const QrCode = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const rows = useMemo(() => {
    const encoding = alphanumeric.test(text) ? 'alphanumeric' : 'byte'
    return encodeQR(text, 'raw', { ecc: 'medium', encoding, border })
  }, [text])
  return (
    <svg className={css.qr} viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={label}>
      <path d={pathOf(rows)} />
    </svg>
  )
}
