// The message: uint32 length, JSON, then raw arrays (8-byte aligned). See dashboard/wire.py.

function unpack(bytes) {
  const size = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  const message = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
  // A copy: its start is aligned for every array type, and the message's buffer can be freed.
  message.blob = bytes.slice(4 + size + ((8 - ((4 + size) % 8)) % 8)).buffer;
  return message;
}

function trackFrames(track, blob) {
  if (track.values) return track.values;
  const Kind = ARRAYS[track.dtype];
  const [n, ...shape] = track.shape;
  const each = shape.reduce((a, b) => a * b, 1);
  const all = new Kind(blob, track.offset, n * each);
  return Array.from({ length: n }, (_, i) => {
    const flat = all.subarray(i * each, (i + 1) * each);
    if (shape.length === 0) return flat[0];
    if (shape.length === 1) return flat;
    const width = shape[1];
    return Array.from({ length: shape[0] }, (_, r) => flat.subarray(r * width, (r + 1) * width));
  });
}
