import Glibc

/// A file written under the name `path.part` and given its own once it is whole and on the disk, so that
/// a program killed meanwhile leaves no half file.
final class FileInProgress {
  let path: String
  let partPath: String
  private let descriptor: Int32
  private var isKept = false

  /// Makes the file, empty; fails when another program writes to it for longer than `patience`, in seconds.
  init(path: String, mode: UInt32, patience: Double) throws(DriverError) {
    self.path = path
    partPath = path + ".part"
    descriptor = Glibc.open(partPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw Self.error(path, "cannot be written") }
    let start = SQLiteTimeLimit.now()
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0,
      Double(SQLiteTimeLimit.now() &- start) / 1e9 < patience, !InterruptTarget.isRequested
    {
      usleep(10_000)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      isKept = true
      throw DriverError(.file, "`\(path)` is being written by another program")
    }
    // What a killed program left.
    guard ftruncate(descriptor, 0) == 0 else { throw Self.error(path, "cannot be written") }
  }

  /// The file's parts were written by its name; what is missing goes.
  deinit {
    if descriptor >= 0 {
      if !isKept { unlink(partPath) }
      close(descriptor)
    }
  }

  /// Waits until all of it is on the disk, then gives it its name.
  func keep() throws(DriverError) {
    guard fsync(descriptor) == 0, rename(partPath, path) == 0 else {
      throw Self.error(path, "cannot be written")
    }
    isKept = true
    // The name too (fsync(2): the folder is written apart from the file).
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let parent = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard parent >= 0 else { return }
    fsync(parent)
    close(parent)
  }

  /// `path`, what of it failed, and the system's own words.
  static func error(_ path: String, _ what: String) -> DriverError {
    DriverError(.file, "`\(path)` \(what): \(String(cString: strerror(errno)))")
  }
}
