// What other types declare of the platform's own classes: Node's, the DOM's, or nobody's, for a program
// may be compiled without either.

/** An instance of a global class, or `Otherwise` where no type declares it. */
type Instance<Name extends string, Otherwise> = typeof globalThis extends { [name in Name]: { prototype: infer Of } }
  ? Of
  : Otherwise;

/** A `Buffer`, which is a `Uint8Array`. */
export type Bytes = typeof globalThis extends { Buffer: { concat(...list: any[]): infer Of } } ? Of : Uint8Array;

/** An `AbortSignal`. */
export type Signal = Instance<'AbortSignal', { readonly aborted: boolean; addEventListener(...listener: any[]): void }>;

/** A `URL`. */
export type Location = Instance<'URL', { readonly href: string; readonly searchParams: object }>;

/** A `URLSearchParams`. */
export type Query = Instance<'URLSearchParams', { toString(): string; getAll(name: string): string[] }>;
