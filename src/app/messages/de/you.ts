import type { Format } from '../format.ts'
import type { Messages } from '../messages.tsx'

export const you = (format: Format): Messages['you'] => ({
  you: {
    title: 'Du',
    key: 'Öffentlicher Schlüssel dieses Geräts',
    keyText: 'Alle dürfen ihn kennen. Seine andere Hälfte verlässt diesen Browser nie.',
    copy: 'Kopieren',
    copied: 'Kopiert',
    settings: 'Einstellungen',
    settingsText: 'Aussehen, Sprache, Verbindungen, Speicher, Dateien',
    sync: 'Abgleich',
    syncText: 'Wer was hat, teilen, Treffen mit Code',
    hoodText: 'Logs, Einträge und Operationen, wie sie gespeichert sind',
  },
  settings: {
    title: 'Einstellungen',
    sections: {
      look: 'Aussehen',
      language: 'Sprache',
      connections: 'Verbindungen',
      storage: 'Speicher',
      files: 'Dateien',
      about: 'Über',
    },
    look: {
      label: 'Aussehen',
      system: 'Wie das System',
      morning: 'Morgen',
      night: 'Nacht',
      paper: 'Papier',
      paperText: 'Papier ist für E-Ink und starken Kontrast: ohne Farbe, ohne Bewegung.',
      textSize: 'Schriftgröße',
      sizes: ['Klein', 'Normal', 'Groß', 'Größer'],
      sample: 'Das Feuer brennt. Tee steht links, der gute Stamm ist zum Sitzen.',
      keys: 'Einzelne Tasten',
      keysText: 'g h für Start, n für neu, / für Suche. Die Taste ? zeigt alle.',
    },
    language: {
      label: 'Sprache',
      system: 'Wie der Browser',
      text: 'Sammlungen behalten die Wörter, mit denen sie angelegt wurden.',
    },
    storage: {
      used: (used, quota) => `${used} belegt von etwa ${quota}`,
      usedOnly: (used) => `${used} belegt`,
      unknown: 'Dieser Browser sagt nicht, wie viel er speichert.',
      bar: 'Belegter Speicher',
      persisted: 'Der Browser behält deine Dinge, bis du sie selbst löschst.',
      notPersisted: 'Der Browser darf deine Dinge löschen, wenn der Platz knapp wird.',
      keep: 'Behalten',
      check: 'Alles prüfen',
      checkText: 'Liest jede Zeile und prüft Unterschriften, Hashes und Verweise.',
      checking: (documents) =>
        format.plural(documents, { one: 'Eines geprüft …', other: '{n} geprüft …', zero: 'Wird geprüft …' }),
      fine: (documents, entries) =>
        `Alles in Ordnung: ${format.plural(documents, { one: 'ein Dokument', other: '{n} Dokumente' })}, ${format.plural(entries, { one: 'ein Eintrag', other: '{n} Einträge' })}.`,
      damaged: (count) =>
        format.plural(count, {
          one: 'Eine Zeile ist beschädigt. Der Rest geht. Importiere eine Kopie, um sie zu heilen.',
          other: '{n} Zeilen sind beschädigt. Der Rest geht. Importiere eine Kopie, um sie zu heilen.',
        }),
      row: (table, key) => `${table}: ${key}`,
      room: 'Was den Platz braucht',
    },
    files: {
      export: 'Exportieren',
      exportText:
        'Eine .takibi-Datei enthält jeden Eintrag mit seiner Unterschrift. Jedes Takibi kann sie lesen, und jeder, der sie bekommt.',
      everything: 'Alles',
      what: 'Was exportieren',
      save: 'Datei sichern',
      saving: (size) => `${size} bisher …`,
      saved: (name, size) => `${name} gesichert, ${size}.`,
      leadsOut: (count) =>
        format.plural(count, {
          one: 'Ein Verweis führt zu einem Ding, das nicht in der Datei ist.',
          other: '{n} Verweise führen zu Dingen, die nicht in der Datei sind.',
        }),
      import: 'Importieren',
      importText: 'Gute Einträge kommen herein, schlechte werden mit ihrem Grund genannt.',
      choose: 'Datei wählen',
      reading: (entries, size) => `${format.plural(entries, { one: 'Ein Eintrag', other: '{n} Einträge' })}, ${size}`,
      stop: 'Anhalten',
      report: {
        title: 'Was hereinkam',
        stored: (count) =>
          format.plural(count, {
            one: 'Ein Eintrag ist hier neu.',
            other: '{n} Einträge sind hier neu.',
            zero: 'Kein Eintrag war hier neu.',
          }),
        duplicates: (count) => format.plural(count, { one: 'Einer war schon hier.', other: '{n} waren schon hier.' }),
        pending: (count) =>
          format.plural(count, {
            one: 'Einer wartet auf etwas, worauf er aufbaut.',
            other: '{n} warten auf etwas, worauf sie aufbauen.',
          }),
        rejected: (count) =>
          format.plural(count, {
            one: 'Einer ist schlecht und blieb draußen:',
            other: '{n} sind schlecht und blieben draußen:',
          }),
        forks: (count) =>
          format.plural(count, {
            one: 'Ein Log sagt an einer Stelle zweierlei. Unter der Haube steht beides.',
            other: '{n} Logs sagen an einer Stelle zweierlei. Unter der Haube steht beides.',
          }),
        cancelled: 'Angehalten, wie gewünscht. Was vorher hereinkam, bleibt.',
        item: (index) => `Nummer ${format.number(index)}`,
        andMore: (count) => `und ${format.number(count)} weitere`,
        look: 'Ansehen',
      },
    },
    about: {
      version: (version) => `Takibi ${version}`,
      text: 'Takibi bewahrt Listen, Fotos und Notizen als unterschriebene p2panda-Einträge in deinem Browser. Kein Konto, kein Server, keine Beobachtung.',
      name: 'Takibi ist Japanisch für ein offenes Feuer, um das man sitzt.',
      licence: 'Freie Software unter der MIT-Lizenz.',
      source: 'Wie es innen geht',
    },
  },
  changes: {
    title: 'Neues',
    quiet: 'Ruhig. Noch hat sich nichts geändert.',
    more: 'Frühere zeigen',
    what: (isNew, collection) => (isNew ? `Neu in ${collection}` : `Geändert in ${collection}`),
    untitled: (one) => `${one} ohne Namen`,
    localTime: 'Die Zeiten sagen, wann dieses Gerät es gespeichert hat.',
  },
  removed: {
    title: 'Entfernt',
    text: 'Zurückholen macht ein neues mit denselben Wörtern und Bildern. Sein Verlauf beginnt von vorn.',
    empty: 'Nichts wurde entfernt.',
    collections: 'Sammlungen',
    bringBack: 'Zurückholen',
    back: (name) => `„${name}“ ist wieder da`,
    when: (when) => `Entfernt ${when}`,
    removed: (name) => `„${name}“ entfernt`,
  },
})
