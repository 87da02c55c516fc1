/**
 * What a page tells its engine of itself and of the device. Short on something (`data-saver`: its person asked the browser to save data;
 * `metered`: a mobile network; `battery`: low, and not charging), a device had better not keep connections up all the time.
 */
export type Shortage = 'data-saver' | 'metered' | 'battery'

export interface PageState {
  readonly isVisible: boolean
  /** Put aside by the browser, to be brought back or not: it holds nothing that another tab could want. */
  readonly isAway: boolean
  readonly shortages: readonly Shortage[]
}

export interface PageApi {
  readonly pageIs: (state: PageState) => Promise<void>
}
