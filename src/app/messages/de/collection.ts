import type { Format } from '../format.ts'
import type { Messages } from '../messages.tsx'
import type { ViewKind } from '../../data/view-config.ts'

const kinds: Readonly<Record<Exclude<ViewKind, 'form'>, string>> = {
  cards: 'Karten',
  table: 'Tabelle',
  board: 'Tafel',
  checklist: 'Abhakliste',
}

/** A collection in its views. */
export const collection = (format: Format): Messages['collection'] => ({
  title: 'Sammlung',
  count: (count, one, many) =>
    count === 0 ? `Noch keine ${many}` : `${format.number(count)} ${count === 1 ? one : many}`,
  found: (count) => format.plural(count, { one: 'Eins gefunden', other: '{n} gefunden', zero: 'Nichts gefunden' }),
  grouped: (label) => `Nach ${label} geordnet. Zieh eine Karte, oder drück M darauf.`,
  views: 'Ansichten',
  add: (one) => `${one} hinzufügen`,
  addShort: 'Hinzufügen',
  more: 'Mehr',
  fields: 'Felder ändern',
  copy: 'In eine Gruppe kopieren',
  removeCollection: 'Sammlung entfernen',
  empty: (many) => `Noch keine ${many}.`,
  emptyText: 'Das erste Mal dauert zehn Sekunden.',
  notReadable:
    'Die Felder dieser Sammlung sind noch nicht auf diesem Gerät. Sie kommen mit der Datei oder dem Gerät, das sie hat.',
  reading: 'Wird gelesen…',
  indexing: (share) => `Wird geordnet, ${format.percent(share)}…`,
  filter: {
    label: 'Nur zeigen',
    all: 'Alles',
    yes: (label) => label,
    no: (label) => `Nicht: ${label}`,
    none: 'Nichts passt zu dieser Auswahl.',
    clear: 'Alles zeigen',
  },
  search: {
    label: (many) => `${many} durchsuchen`,
    open: 'Suchen',
    close: 'Suche beenden',
    none: (text) => `Nichts zu „${text}“.`,
  },
  sort: {
    label: 'Ordnen',
    created: 'Aufgeschrieben',
    changed: 'Zuletzt geändert',
    direction: 'Richtung',
    ascending: 'Aufsteigend',
    descending: 'Absteigend',
  },
  view: {
    add: 'Ansicht hinzufügen',
    title: 'Neue Ansicht',
    name: 'Name',
    kind: 'Zeigt die Dinge als',
    kindName: (kind) => kinds[kind],
    kindText: {
      cards: 'Bilder zuerst',
      table: 'Zeilen und Spalten',
      board: 'Spalten, zwischen denen Karten wandern',
      checklist: 'Große Haken',
    },
    group: 'Spalten aus',
    tick: 'Hakt ab',
    noChoice: 'Eine Tafel braucht ein Feld der Art Auswahl. Füg eines unter Felder ändern hinzu.',
    noTick: 'Eine Abhakliste braucht ein Feld der Art Ja oder nein. Füg eines unter Felder ändern hinzu.',
    make: 'Ansicht hinzufügen',
    made: (name) => `Ansicht „${name}“ hinzugefügt`,
    remove: (name) => `Ansicht „${name}“ entfernen`,
    removed: (name) => `Ansicht „${name}“ entfernt`,
  },
  table: {
    open: (name) => `${name} öffnen`,
    tick: (label, name) => `${label}: ${name}`,
    total: (count, one, many) => `${format.number(count)} ${count === 1 ? one : many}`,
  },
  board: {
    none: (label) => `Ohne ${label}`,
    column: (label, count) => `${label}, ${format.number(count)}`,
    columns: 'Spalten',
    nothing: 'Nichts hier.',
    move: (name) => `${name} verschieben`,
    moveTo: 'Verschieben nach…',
    moved: (name, column) => `„${name}“ nach ${column} verschoben`,
    more: (count) => format.plural(count, { one: 'Noch eins zeigen', other: 'Noch {n} zeigen' }),
  },
  checklist: {
    add: (one) => `${one} hinzufügen`,
    placeholder: 'Schreib und drück die Eingabetaste',
    done: (count) => format.plural(count, { one: '{n} erledigt', other: '{n} erledigt' }),
    allDone: 'Alles erledigt.',
  },
})
