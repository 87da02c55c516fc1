/** Per Code treffen: zwei Geräte zeigen einander Codes und verbinden sich ohne Server. */
export const meet = () => ({
  title: 'Per Code treffen',
  subtitle: 'Zwei Geräte, kein Server',
  begin: {
    text: 'Jedes Gerät zeigt einen Code und nimmt den des anderen. Haltet die beiden einander gegenüber, oder schickt die Codes über irgendeinen Messenger.',
    why: 'Die Kamera liest den anderen Code. Ist sie erlaubt, finden sich zwei Geräte auch dort, wo es kein Internet gibt.',
    camera: 'Kamera benutzen',
    without: 'Ohne Kamera',
  },
  own: {
    title: 'Dein Code',
    picture: 'QR-Code für die Kamera des anderen Geräts. Derselbe Code lässt sich als Link oder als Text kopieren.',
    privacy: 'Ein Code sagt, wo in seinem Netz dieses Gerät ist. Gib ihn nur dem Menschen, den du treffen willst.',
    once: 'Dein Code gilt für ein Treffen, solange dieser Bildschirm offen bleibt.',
    send: 'Link senden',
    copyLink: 'Link kopieren',
    copyText: 'Text kopieren',
    linkCopied: 'Link kopiert',
    textCopied: 'Text kopiert',
    notCopied: 'Der Browser lässt Takibi nicht kopieren. Markiere den Text und kopiere ihn von Hand.',
    byHand: 'Dein Code als Text',
  },
  byText: 'Per Link oder Text',
  other: {
    title: 'Der andere Code',
    looking: 'Halte den anderen Code vor die Kamera.',
    turn: 'Andere Kamera',
    refused:
      'Die Kamera ist hier nicht erlaubt. Füge stattdessen einen Link oder Text ein, oder erlaube die Kamera in den Einstellungen des Browsers.',
    missing: 'Keine Kamera gefunden. Füge stattdessen einen Link oder Text ein.',
    busy: 'Ein anderes Programm benutzt die Kamera. Schließe es und fang noch einmal an, oder füge einen Link oder Text ein.',
    paste: 'Link oder Text',
    pasteHint: 'So, wie er in der Nachricht kam.',
    take: 'Diesen Code nehmen',
    choose: 'Bild auswählen',
    noneInPicture: 'In diesem Bild ist kein Code zu finden. Nimm eines, auf dem der ganze Code scharf zu sehen ist.',
  },
  state: {
    preparing: 'Dein Code entsteht.',
    showing: 'Es fehlt noch der andere Code.',
    searching: 'Sucht einen Weg zum anderen Gerät.',
    found: 'Das andere Gerät ist gefunden. Es muss noch deinen Code nehmen.',
    met: 'Verbunden.',
    ended: 'Die Verbindung ist zu Ende.',
    apart: 'Kein Weg zwischen diesen beiden Geräten.',
    failed: 'Das hat nicht geklappt.',
  },
  late: {
    notFound: 'Noch immer kein Weg zum anderen Gerät. Sind beide im selben WLAN, oder eines im Hotspot des anderen?',
    notTaken:
      'Das andere Gerät ist erreichbar, hat deinen Code aber noch nicht genommen. Halte deinen Code vor seine Kamera.',
    orFile: 'Wird nichts daraus, gib stattdessen eine Datei weiter.',
  },
  apart:
    'Die Netze lassen die beiden nicht zueinander. Bring beide ins selbe WLAN und fang noch einmal an, oder gib eine Datei weiter.',
  met: 'Die beiden Geräte tauschen sich ab jetzt direkt aus, solange Takibi auf beiden offen ist.',
  ended:
    'Das andere Gerät hat Takibi geschlossen oder das Netz verlassen, oder es wollte sich nicht verbinden. Beide können noch einmal anfangen.',
  key: (start: string) => `Schlüssel des anderen Geräts: ${start}…`,
  again: 'Noch einmal anfangen',
  file: 'Eine Datei weitergeben',
  done: 'Fertig',
  another: 'Noch ein Gerät treffen',
  tab: {
    title: 'Code weitergereicht',
    text: 'Dein anderer Tab hat den Code und macht dort weiter. Diesen hier kannst du schließen.',
    close: 'Diesen Tab schließen',
    looking: 'Sucht den Tab, der auf diesen Code wartet.',
    refused: 'Dein anderer Tab konnte mit diesem Code nichts anfangen.',
  },
  failures: {
    'meeting/malformed': 'Das ist kein Code zum Treffen, oder nicht der ganze. Kopiere den ganzen Link oder Text.',
    'meeting/version-unsupported': 'Dieser Code kommt von einem neueren Takibi. Aktualisiere dieses hier.',
    'meeting/for-linking':
      'Dieser Code verknüpft ein Gerät mit jemandem; damit trifft man niemanden. Lass dir vom anderen Gerät einen Code zum Treffen zeigen.',
    'meeting/own-code': 'Dieser Code kommt von eben diesem Gerät. Nimm den, den das andere zeigt.',
    'meeting/sdp-unusable':
      'Dieser Browser beschreibt seine Verbindungen auf eine Weise, die Takibi nicht kennt. Nimm einen anderen, oder gib eine Datei weiter.',
    'meeting/no-webrtc':
      'Dieser Browser baut keine direkten Verbindungen auf. Nimm einen anderen, oder gib eine Datei weiter.',
  },
})
