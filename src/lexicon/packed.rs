//! Lists of plain data as bytes, every item in as many: they are read in a fraction of the time that numbers of all
//! lengths take, and the program does so whenever it starts.
//!
//! For `#[serde(with = "packed")]`.

use serde::{Deserialize, Deserializer, Serializer};

use super::{Classes, Entry, Form, Gender, List, Opening, Phrase, Traits};

/// What has a fixed number of bytes.
pub(super) trait Packed {
    /// How many.
    const WIDTH: usize;

    fn pack(&self, out: &mut Vec<u8>);

    fn unpack(bytes: &mut Bytes<'_>) -> Self;
}

/// The bytes of items that are still to be read.
pub(super) struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    #[inline]
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let (first, rest) = self.0.split_first_chunk().expect("what packing has made");
        self.0 = rest;
        *first
    }
}

pub(super) fn serialize<T: Packed, S: Serializer>(list: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    let mut out = Vec::with_capacity(list.len() * T::WIDTH);
    list.iter().for_each(|item| item.pack(&mut out));
    serializer.serialize_bytes(&out)
}

pub(super) fn deserialize<'de, T: Packed, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let items = <&[u8]>::deserialize(deserializer)?.chunks_exact(T::WIDTH);
    Ok(items.map(|item| T::unpack(&mut Bytes(item))).collect())
}

macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl Packed for $number {
            const WIDTH: usize = size_of::<Self>();

            fn pack(&self, out: &mut Vec<u8>) {
                out.extend(self.to_le_bytes());
            }

            fn unpack(bytes: &mut Bytes<'_>) -> Self {
                Self::from_le_bytes(bytes.take())
            }
        })*
    };
}

numbers!(u8, u16, u32, u64, u128);

/// Structures of parts that have a fixed number of bytes each.
macro_rules! structures {
    ($($name:ident { $($part:tt: $kind:ty),* })*) => {
        $(impl Packed for $name {
            const WIDTH: usize = 0 $(+ <$kind>::WIDTH)*;

            fn pack(&self, out: &mut Vec<u8>) {
                $(self.$part.pack(out);)*
            }

            fn unpack(bytes: &mut Bytes<'_>) -> Self {
                // Taken at once, so that the parts need not be asked whether they are there.
                let item: [u8; <Self as Packed>::WIDTH] = bytes.take();
                let parts = &mut Bytes(&item);
                Self { $($part: <$kind>::unpack(parts)),* }
            }
        })*
    };
}

structures! {
    Entry {
        lists: u128, opening: u32, classes: Classes, dominant: Classes, verb: u16, noun: u16, form: Option<Form>,
        gender: Gender, plural: bool, label: u16
    }
    Opening { lists: u128, phrases: Place, seconds: u64 }
    Phrase { list: List, label: u16, second: u64, words: Place }
    Classes { 0: u8 }
    List { 0: u8 }
    Traits { 0: u16 }
}

/// Where something stands in a list, and how much of it.
type Place = (u32, u16);

impl Packed for Place {
    const WIDTH: usize = u32::WIDTH + u16::WIDTH;

    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(bytes: &mut Bytes<'_>) -> Self {
        (u32::unpack(bytes), u16::unpack(bytes))
    }
}

impl Packed for bool {
    const WIDTH: usize = 1;

    fn pack(&self, out: &mut Vec<u8>) {
        out.push((*self).into());
    }

    fn unpack(bytes: &mut Bytes<'_>) -> Self {
        u8::unpack(bytes) != 0
    }
}

impl Packed for Gender {
    const WIDTH: usize = 1;

    fn pack(&self, out: &mut Vec<u8>) {
        out.push(*self as u8);
    }

    fn unpack(bytes: &mut Bytes<'_>) -> Self {
        Self::ALL[usize::from(u8::unpack(bytes))]
    }
}

impl Packed for Option<Form> {
    const WIDTH: usize = 1;

    fn pack(&self, out: &mut Vec<u8>) {
        out.push(self.map_or(u8::MAX, |form| form as u8));
    }

    fn unpack(bytes: &mut Bytes<'_>) -> Self {
        Form::ALL.get(usize::from(u8::unpack(bytes))).copied()
    }
}
