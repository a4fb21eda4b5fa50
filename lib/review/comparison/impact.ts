/** What a change does to access. All directions can hold at once. */
export interface Impact {
  /** Something may be allowed after that was not before. */
  readonly broadens: boolean;
  /** Something may be allowed no longer. */
  readonly narrows: boolean;
  /** Something cannot be compared. */
  readonly unknown: boolean;
}

/** No change of access. */
export const noImpact: Impact = { broadens: false, narrows: false, unknown: false };

/** The impact of several changes together. */
export function combine(impacts: readonly Impact[]): Impact {
  return {
    broadens: impacts.some(({ broadens }) => broadens),
    narrows: impacts.some(({ narrows }) => narrows),
    unknown: impacts.some(({ unknown }) => unknown),
  };
}
