/** Takibi's mark: a flame over two crossed logs. The launcher icons in public/ are the same drawing. */
export const FireMark = ({ size = 28 }: { readonly size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
    <path
      d="M16.4 2.5c1.1 4.1 6.7 6.9 6.7 13a7 7 0 0 1-14 .3c-.1-3.3 1.7-4.9 2.7-7.2c1.3 1 1.8 2 2 3.4c2-2.3 2.8-5.4 2.6-9.5z"
      fill="var(--ember)"
    />
    <path
      d="M16.3 13.4c.6 2.1 2.9 3.3 2.9 5.7a3.1 3.1 0 0 1-6.2.1c0-2.2 2.4-3.1 3.3-5.8z"
      fill="var(--bg)"
      opacity="0.85"
    />
    <path d="M5 29.2L27 23.6M5 23.6L27 29.2" stroke="var(--leaf)" strokeWidth="3.2" strokeLinecap="round" />
  </svg>
)
