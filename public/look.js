// Runs before the first paint, so that nobody is dazzled: the look chosen in settings, else the system's. src/app/state/settings.ts keeps it in step afterwards.
;(() => {
  let settings = {}
  try {
    settings = JSON.parse(localStorage.getItem('takibi/settings') ?? '{}').state ?? {}
  } catch {
    // No storage, or something strange in it: the system's look.
  }
  const system = matchMedia('(prefers-contrast: more)').matches
    ? 'paper'
    : matchMedia('(prefers-color-scheme: dark)').matches
      ? 'night'
      : 'morning'
  const root = document.documentElement
  root.dataset.look = ['morning', 'night', 'paper'].includes(settings.look) ? settings.look : system
  if (Number(settings.textSize) > 0.5 && Number(settings.textSize) < 3) root.style.setProperty('--text-size', settings.textSize)
})()
