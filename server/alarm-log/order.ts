/** Places of the log in an order that is kept while episodes come and change. */

interface OrderSettings {
  /** By what it is sorted, a whole number from 0; the smallest first, places of equal keys by their number. */
  readonly key: (place: number) => number;
  /** Whether a place belongs into the order as it is now. */
  readonly has?: (place: number) => boolean;
}

export class Order {
  readonly #key: (place: number) => number;
  readonly #has: (place: number) => boolean;
  #sorted = new Uint32Array(0);
  readonly #changed = new Set<number>();

  constructor({ key, has = () => true }: OrderSettings) {
    this.#key = key;
    this.#has = has;
  }

  /** Every place from 0 to `length`, sorted anew. */
  build(length: number): void {
    this.#changed.clear();
    const places = new Uint32Array(length);
    let kept = 0;
    let isSorted = true;
    for (let place = 0; place < length; place += 1) {
      if (!this.#has(place)) continue;
      isSorted &&= kept === 0 || this.#before(places[kept - 1] ?? 0, place);
      places[kept] = place;
      kept += 1;
    }
    const all = places.subarray(0, kept);
    this.#sorted = isSorted ? all : this.#sort(all);
  }

  /** Key and place as one number, which Node sorts ten times as fast as it calls back for each comparison. */
  #sort(places: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
    if (places.some((place) => this.#key(place) >= 2 ** 32)) {
      return places.sort((a, b) => this.#key(a) - this.#key(b) || a - b);
    }
    const pairs = new BigUint64Array(places.length);
    const words = new DataView(pairs.buffer);
    const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
    const [low, high] = isLittleEndian ? [0, 4] : [4, 0];
    for (const [i, place] of places.entries()) {
      words.setUint32(8 * i + low, place, isLittleEndian);
      words.setUint32(8 * i + high, this.#key(place), isLittleEndian);
    }
    pairs.sort();
    for (let i = 0; i < places.length; i += 1) places[i] = words.getUint32(8 * i + low, isLittleEndian);
    return places;
  }

  /** The place is new, or what it is sorted by may have changed. */
  touch(place: number): void {
    this.#changed.add(place);
  }

  /** All places in order. It does not change any more: what is touched later comes into the next. */
  get(): Uint32Array {
    if (this.#changed.size > 0) this.#settle();
    return this.#sorted;
  }

  #before(a: number, b: number): boolean {
    const difference = this.#key(a) - this.#key(b);
    return difference < 0 || (difference === 0 && a < b);
  }

  /** One pass: what did not change is in order already. */
  #settle(): void {
    const before = this.#sorted;
    const fresh = [...this.#changed].filter(this.#has).sort((a, b) => (this.#before(a, b) ? -1 : 1));
    const isChanged = new Uint8Array(Math.max(...this.#changed, before.length) + 1);
    for (const place of this.#changed) isChanged[place] = 1;
    const merged = new Uint32Array(before.length + fresh.length);
    let length = 0;
    let next = 0;
    for (const place of before) {
      if (isChanged[place] === 1) continue;
      for (let one = fresh[next]; one !== undefined && this.#before(one, place); one = fresh[next]) {
        merged[length] = one;
        length += 1;
        next += 1;
      }
      merged[length] = place;
      length += 1;
    }
    for (const one of fresh.slice(next)) {
      merged[length] = one;
      length += 1;
    }
    this.#sorted = merged.subarray(0, length);
    this.#changed.clear();
  }
}
