import type { Format } from '../format.ts'
import type { NameMessages } from '../names.ts'

export const names = (format: Format): NameMessages => ({
  claim: {
    label: 'Wie du dich nennst',
    hint: 'Alle in der Gruppe sehen es. Darf leer bleiben.',
    save: 'Sagen',
    saved: 'Gesagt.',
    unchecked: 'Den Namen hat niemand geprüft. Vergleicht die sechs Wörter, und gib einen eigenen Namen.',
    notYours: (name) => `Nicht dein „${name}“`,
    notYoursText: (name) =>
      `Das ist jemand anders als die Person, die du „${name}“ nennst. Wer sicher sein will, vergleicht die sechs Wörter.`,
  },
  device: {
    label: 'Wie du es nennst',
    hint: 'Bleibt auf diesem Gerät. Niemand sonst sieht es.',
    save: 'Speichern',
    saved: 'Gespeichert.',
  },
  everywhere: {
    title: 'In deinen Gruppen',
    called: (name, groups) => `„${name}“ in ${format.list(groups)}`,
    nothing: (groups) => `Noch ohne Namen in ${format.list(groups)}`,
    change: 'Überall ändern',
    hint: (groups) => `Alle sehen es in ${format.list(groups)}. Leer: dort kein Name.`,
    saved: (groups) => format.plural(groups, { one: 'In einer Gruppe gesagt.', other: 'In {n} Gruppen gesagt.' }),
  },
})
