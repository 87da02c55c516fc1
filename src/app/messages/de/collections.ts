import type { FieldKind } from '../../data/field-kind.ts'
import type { Format } from '../format.ts'
import type { Messages } from '../messages.tsx'

const kinds: Readonly<Record<FieldKind, string>> = {
  text: 'Text',
  longText: 'Langer Text',
  number: 'Zahl',
  rating: 'Bewertung',
  yesNo: 'Ja oder nein',
  choice: 'Auswahl',
  tags: 'Stichwörter',
  date: 'Datum',
  dateTime: 'Datum und Uhrzeit',
  place: 'Ort',
  link: 'Verweis auf eines',
  links: 'Verweise auf mehrere',
  exact: 'Genaue Fassung von',
  photo: 'Fotos',
  file: 'Dateien',
  voice: 'Sprachnotizen',
}

export const collections = (format: Format): Messages['collections'] => ({
  list: {
    title: 'Sammlungen',
    empty: 'Noch keine Sammlungen.',
    emptyText: 'Fang mit einer Vorlage an, oder mit einem eigenen Feld.',
    remove: 'Sammlung entfernen',
  },
  create: {
    title: 'Neue Sammlung',
    text: 'Nimm, was am nächsten kommt. Du kannst jedes Feld ändern.',
    from: 'Anfangen mit',
    fields: 'Felder',
    make: (name) => (name.trim() === '' ? 'Anlegen' : `„${name.trim()}“ anlegen`),
    making: 'Wird angelegt …',
    made: (name) => `„${name}“ angelegt`,
  },
  builder: {
    title: 'Felder',
    about: (name) => `Felder von ${name}`,
    name: 'Name der Sammlung',
    one: 'Eines davon',
    oneHint: (one) => `Wie in „${one} hinzufügen“`,
    words: 'Namen und Bild',
    many: 'Mehrere davon',
    icon: 'Bild',
    add: 'Feld hinzufügen',
    save: 'Felder speichern',
    saving: 'Wird gespeichert …',
    saved: 'Felder gespeichert',
    unchanged: 'Noch nichts geändert',
    effect: 'Was das bewirkt',
    removed: 'Entfernte Felder',
    bringBack: 'Zurückholen',
    effects: (effect, things) => {
      if (effect.kind === 'words') return 'Nur Wörter ändern sich. Jedes Ding bleibt, wie es ist.'
      const label = effect.field.label
      const old = format.plural(things, { one: 'Ein Ding', other: '{n} Dinge' })
      const keep = things === 1 ? 'behält' : 'behalten'
      switch (effect.kind) {
        case 'added':
          return things === 0
            ? `Neue Dinge haben ${label}.`
            : `Neue Dinge haben ${label}. ${old} von vorher ${things === 1 ? 'bleibt' : 'bleiben'}, wie es war.`
        case 'removed':
          return things === 0
            ? `${label} wird ausgeblendet.`
            : `${label} wird ausgeblendet. ${old} ${keep} es, unter „Mehr“ und im Verlauf.`
        case 'back':
          return `${label} ist wieder da. Was die Dinge behielten, wird wieder gezeigt.`
        case 'retyped':
          return `${old} ${keep} das alte ${label}. Neue Dinge nehmen das neue.`
      }
    },
    moveUp: 'Nach oben',
    moveDown: 'Nach unten',
    movedTo: (label, at, of) => `${label} ist jetzt ${format.number(at)} von ${format.number(of)}`,
    edit: 'Ändern',
    removeField: 'Entfernen',
    of: (label) => `${label}: mehr`,
    drag: (label) => `${label} verschieben: Pfeiltasten nach oben und unten`,
    leaveTitle: 'Gehen, ohne zu speichern?',
    leaveText: 'Die geänderten Felder sind nicht gespeichert.',
    stay: 'Bleiben',
    leave: 'Gehen',
  },
  field: {
    newTitle: 'Neues Feld',
    title: 'Feld',
    label: 'Bezeichnung',
    labelError: 'Gib ihm zuerst eine Bezeichnung.',
    kind: 'Art',
    kindText: {
      text: 'Eine Zeile',
      longText: 'Mehrere Zeilen',
      number: 'Gezählt oder gemessen',
      rating: 'Ein bis fünf Sterne',
      yesNo: 'Ein Schalter oder Häkchen',
      choice: 'Eines von wenigen',
      tags: 'Mehrere Wörter',
      date: 'Ein Tag',
      dateTime: 'Ein Tag und eine Uhrzeit',
      place: 'Wo es ist',
      link: 'Auf ein Ding einer Sammlung',
      links: 'Auf mehrere Dinge',
      exact: 'Bleibt, wie es beim Verweisen war',
      photo: 'Aus Kamera oder Galerie',
      file: 'Beliebige Datei',
      voice: 'Gesprochen, hier aufgenommen',
    },
    hint: 'Hinweis',
    hintHint: 'Steht unter dem Feld im Formular',
    required: 'Muss ausgefüllt sein',
    now: 'Füllt sich selbst mit jetzt',
    here: 'Füllt sich selbst mit hier',
    whole: 'Nur ganze Zahlen',
    options: 'Möglichkeiten',
    option: (at) => `Möglichkeit ${format.number(at)}`,
    newOption: 'Neue Möglichkeit',
    addOption: 'Hinzufügen',
    removeOption: (label) => `${label} entfernen`,
    optionsError: 'Füge mindestens eine Möglichkeit hinzu.',
    colour: (label) => `Farbe von ${label}`,
    start: 'Beginnt mit',
    startNone: 'Nichts',
    target: 'Führt zu',
    targetError: 'Wähle eine Sammlung. Lege zuerst eine an, wenn es keine gibt.',
    add: 'Feld hinzufügen',
    save: 'Fertig',
  },
  kinds,
  kindName: (kind) => kinds[kind],
  about: {
    title: 'steht als Titel',
    choiceOf: (options) => `Auswahl aus ${options.join(', ')}`,
    leadsTo: (kind, collection) => `${kind}: ${collection}`,
    fillsNow: 'füllt sich selbst mit jetzt',
    fillsHere: 'füllt sich selbst mit hier',
    required: 'muss ausgefüllt sein',
    join: (kind, more) => [kind, ...more].join(', '),
  },
  tones: {
    plain: 'Schlicht',
    leaf: 'Grün',
    sky: 'Blau',
    honey: 'Gelb',
    ember: 'Orange',
    berry: 'Rot',
    iris: 'Violett',
  },
  icons: {
    camera: 'Kamera',
    box: 'Kiste',
    board: 'Tafel',
    checks: 'Häkchen',
    hands: 'Hände',
    list: 'Liste',
    leaf: 'Blatt',
    book: 'Buch',
    heart: 'Herz',
    tool: 'Werkzeug',
    pin: 'Nadel',
    calendar: 'Kalender',
    people: 'Leute',
    chart: 'Diagramm',
    music: 'Musik',
    pot: 'Topf',
  },
})
