import type { Messages } from '../messages.tsx'

export const trouble = (): Messages['trouble'] => ({
  title: 'Das ging nicht',
  code: (code) => `Kennwort für eine Meldung: ${code}`,
  again: 'Noch einmal',
  reload: 'Seite neu laden',
  exportAll: 'Alles exportieren',
  screen: {
    title: 'Diese Ansicht ist gestolpert',
    text: 'Deine Dinge sind sicher. Versuche es noch einmal, oder geh zum Start und komm wieder.',
  },
  other: 'Etwas ging nicht. Deine Dinge sind sicher. Lade die Seite neu und versuche es noch einmal.',
  sentences: {
    'store/unavailable':
      'Dieser Browser behält hier nichts für Takibi, wie es private Fenster tun. Öffne Takibi in einem gewöhnlichen Fenster.',
    'store/newer': 'Ein neueres Takibi hat diesen Speicher schon umgeräumt. Lade die Seite neu, um es zu bekommen.',
    'store/blocked':
      'Takibi ist in einem anderen Tab in einer älteren Fassung offen. Schließe die anderen Tabs und versuche es noch einmal.',
    'store/full':
      'Dieses Gerät ist voll. Nichts ging verloren. Du kannst lesen und exportieren; zum Schreiben mache Platz.',
    'store/corrupt':
      'Eine Zeile des Speichers ist beschädigt. Der Rest geht. Einstellungen, Speicher, Prüfen sagt, welche.',
    'store/closed': 'Der Speicher wurde geschlossen. Lade die Seite neu.',
    'store/failed':
      'Der Speicher hat nicht geantwortet, wie er sollte. Versuche es noch einmal; bleibt es so, exportiere, was du hast.',
    'host/no-web-locks':
      'Dieser Browser ist zu alt, um zwei Tabs davon abzuhalten, einander zu überschreiben. Aktualisiere ihn oder nimm einen anderen.',
    'host/insecure-page':
      'Diese Seite kam ohne HTTPS, darum gibt der Browser ihr keine Schlüssel. Öffne sie mit https://.',
    'host/worker-failed':
      'Ein Teil von Takibi ist nicht gestartet. Lade die Seite neu; bleibt es so, sind die Dateien unvollständig.',
    'call/lost': 'Der Teil, der speichert, ist stehen geblieben. Lade die Seite neu; Gespeichertes ist noch da.',
    'signer/gone':
      'Der Schlüssel dieses Browsers ist fort. Du kannst alles lesen und exportieren; zum Weiterschreiben importiere es in einem anderen Browser.',
    'signer/no-words': 'Dieses Gerät hat keine Wiederherstellungswörter. Sie stehen nur auf deinem Papier.',
    'signer/paper-damaged':
      'Die Wiederherstellungswörter lassen sich auf diesem Gerät nicht mehr lesen. Tipp sie von deinem Papier ab.',
    'invite/refused': 'Nur Hüter laden ein. Frag jemanden von ihnen.',
    'group/change-refused':
      'Das geht von hier aus nicht: Ein Recht fehlt, niemand wäre mehr zuständig, oder du bist schon einmal gegangen. Frag jemanden, der zuständig ist.',
    'signer/unavailable': 'Der Teil, der unterschreibt, ist nicht gestartet. Lade die Seite neu.',
    'call/aborted': 'Angehalten, wie gewünscht. Was vorher gespeichert war, bleibt.',
  },
  readOnly: 'Dieses Gerät ist voll: Du kannst lesen und exportieren, aber nichts hinzufügen.',
  makeRoom: 'Speicher ansehen',
  keyGone: 'Der Schlüssel dieses Browsers ist fort: Du kannst lesen und exportieren, aber nichts ändern.',
})
