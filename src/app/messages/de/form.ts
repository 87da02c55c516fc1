import type { Format } from '../format.ts'
import type { Messages } from '../messages.tsx'
import type { Problem } from '../../fields/check-field.ts'

const problems: Readonly<Record<Problem, string>> = {
  missing: 'Das wird gebraucht.',
  notNumber: 'Schreib eine Zahl, in Ziffern.',
  notWhole: 'Schreib eine ganze Zahl.',
  tooLarge: 'Diese Zahl ist zu groß zum Aufheben.',
  notDate: 'Schreib einen Tag, wie er im Kalender steht.',
  tooLong: 'Dieser Text ist zu lang. Leg ihn in eine Datei oder kürze ihn.',
}

/** Fields being filled in and shown, and the form for a new thing. */
export const form = (format: Format): Messages['form'] => ({
  title: (one) => `${one} hinzufügen`,
  save: 'Speichern',
  saveAndNext: 'Speichern und weiter',
  saved: (name) => (name === '' ? 'Gespeichert' : `„${name}“ gespeichert`),
  clearAll: 'Von vorn',
  cleared: 'Von vorn begonnen',
  restored: 'Weiter, wo du aufgehört hast',
  notYet: 'Die Felder sind noch nicht auf diesem Gerät.',
  problems: (count) =>
    format.plural(count, { one: 'Ein Feld braucht noch einen Blick.', other: '{n} Felder brauchen noch einen Blick.' }),
  problem: (problem) => problems[problem],
  needed: 'nötig',
  nothing: 'Nichts',
  clear: 'Leeren',
  now: 'Jetzt',
  today: 'Heute',
  remove: (what) => `${what} entfernen`,
  notHere: 'Noch nicht auf diesem Gerät',
  gone: (name) => `${name}, entfernt`,
  unnamed: (one) => (one === '' ? 'Ohne Namen' : `${one} ohne Namen`),
  tags: { placeholder: 'Wort, noch ein Wort' },
  place: {
    here: 'Hier, wo ich bin',
    asking: 'Wird bestimmt…',
    again: 'Noch einmal',
    none: 'Kein Ort',
    accuracy: (metres) => `auf ${metres} m genau`,
    nowhere: {
      refused:
        'Der Browser sagt dieser Seite nicht, wo du bist. Erlaube es in den Einstellungen der Seite und versuch es noch einmal.',
      unavailable: 'Dieses Gerät weiß gerade nicht, wo es ist. Versuch es unter freiem Himmel noch einmal.',
      timeout: 'Es hat zu lange gedauert. Versuch es unter freiem Himmel noch einmal.',
    },
  },
  files: {
    camera: 'Kamera',
    gallery: 'Galerie',
    addPhotos: 'Fotos hinzufügen',
    addFile: 'Datei hinzufügen',
    addSound: 'Aufnahme hinzufügen',
    photo: (at) => `Foto ${format.number(at)}`,
    removePhoto: (at) => `Foto ${format.number(at)} entfernen`,
    storing: (name) => `${name} wird gespeichert`,
    progress: (done, all) => `${done} von ${all}`,
    cancel: (name) => `${name} nicht speichern`,
    plain: (name) =>
      `Dieser Browser kann ${name} nicht als Bild lesen. Es bleibt als Datei, mit allem, was die Kamera hineingeschrieben hat.`,
    kind: (mimeType, ending) => {
      if (mimeType.startsWith('audio/')) return 'Aufnahme'
      if (mimeType.startsWith('video/')) return 'Film'
      return mimeType === 'application/octet-stream' ? 'Datei' : `${ending.toUpperCase()}-Datei`
    },
    incomplete: (pieces) =>
      format.plural(pieces, { one: 'Ein Stück ist noch nicht hier', other: '{n} Stücke sind noch nicht hier' }),
    save: (name) => `${name} sichern`,
    play: 'Abspielen',
  },
  voice: {
    name: 'Sprachnotiz',
    start: 'Aufnehmen',
    stop: 'Fertig',
    refused:
      'Der Browser gibt dieser Seite kein Mikrofon. Erlaube es in den Einstellungen der Seite und versuch es noch einmal.',
  },
  links: {
    pick: (one) => `${one} verknüpfen`,
    another: 'Stattdessen anderes verknüpfen',
    remove: 'Verknüpfung lösen',
    search: 'Suchen',
    none: 'Nichts gefunden.',
    nowhere: 'Die Sammlung, zu der das führt, ist nicht auf diesem Gerät.',
    exact: 'wie es beim Verknüpfen war',
  },
  values: {
    yes: 'Ja',
    no: 'Nein',
    rating: (stars) => format.plural(stars, { one: 'Ein Stern', other: '{n} Sterne', zero: 'Keine Sterne' }),
    place: (latitude, longitude) =>
      `${format.number(Math.round(latitude * 1e5) / 1e5)}; ${format.number(Math.round(longitude * 1e5) / 1e5)}`,
    links: (count) => format.plural(count, { one: 'Eine Verknüpfung', other: '{n} Verknüpfungen' }),
    photos: (count) => format.plural(count, { one: 'Ein Foto', other: '{n} Fotos' }),
    files: (count) => format.plural(count, { one: 'Eine Datei', other: '{n} Dateien' }),
    voices: (count) => format.plural(count, { one: 'Eine Sprachnotiz', other: '{n} Sprachnotizen' }),
  },
})
