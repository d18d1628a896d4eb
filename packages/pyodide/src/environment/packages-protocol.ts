/** A package that there is, for `loom_runtime.resolving`. A wheel is known by its file; what it requires only once it was read. */
export interface PackageCandidate {
  readonly key: string;
  readonly file?: string;
  readonly name?: string;
  readonly version?: string;
  readonly requires?: readonly string[];
  readonly requiresPython?: string;
  readonly url?: string;
}

export interface PackagesRequest {
  readonly requirements: readonly string[];
  /** Names that indexes were asked for already; absent when there are no indexes. */
  readonly asked?: readonly string[];
  readonly candidates: readonly PackageCandidate[];
}

export interface PlannedPackage {
  readonly key: string;
  readonly name: string;
  readonly version: string;
}

export interface PackagesAnswer {
  readonly plan: readonly PlannedPackage[];
  /** Keys of wheels that were chosen and whose requirements are not known yet: the answer is not final. */
  readonly unknown: readonly string[];
  /** Names to ask an index for: the answer is not final. */
  readonly names: readonly string[];
  /** Those of the plan that come with Pyodide. */
  readonly distribution: Readonly<Record<string, { readonly file: string; readonly sha256: string }>>;
}

/** What a wheel says of itself. */
export interface WheelMetadata {
  readonly requires: readonly string[];
  readonly requiresPython: string;
}
