/** A picture made smaller and clean of what the camera wrote into it. */
export interface Picture {
  readonly bytes: Uint8Array
  readonly mimeType: string
  readonly width: number
  readonly height: number
}

/** What the platform can do with photos. Where it can do nothing (Node) the port is absent. */
export interface Pictures {
  /**
   * Draws the picture upright, at most `edge` pixels long, without metadata.
   * `undefined`: the platform cannot decode it (HEIC in most browsers); keep it as a file.
   */
  readonly redraw: (bytes: Uint8Array, mimeType: string, edge: number) => Promise<Picture | undefined>
}
